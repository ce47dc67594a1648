import type { Capability, Factor, IntegrationConfig } from '../core/configuration.ts';
import { type Device, displayName, maskedNumber, remainingCodes } from '../core/device.ts';
import type { User } from '../core/directory.ts';
import { ProtocolError } from '../core/error-codes.ts';

const factorOf: Readonly<Record<Exclude<Capability, 'auto'>, Factor>> = {
  push: 'push',
  sms: 'sms',
  phone: 'phone',
  mobile_otp: 'passcode',
};

/** The capabilities of a device that the policy of the integration permits. */
const permittedCapabilities = (
  device: Device,
  integration: IntegrationConfig,
): readonly Capability[] => {
  const isPermitted = (capability: Capability): boolean =>
    capability !== 'auto' &&
    device.capabilities.includes(capability) &&
    integration.factors.includes(factorOf[capability]);
  return device.capabilities.filter((capability) =>
    capability === 'auto' ? isPermitted('push') || isPermitted('phone') : isPermitted(capability),
  );
};

/** A device as `preauth` lists it. */
export const deviceView = (
  device: Device,
  integration: IntegrationConfig,
  nowMs: number,
): Record<string, unknown> => {
  const common = { device: device.id, display_name: displayName(device), name: device.name };
  if (device.kind === 'token') {
    return { ...common, type: 'token' };
  }
  const nextCode = remainingCodes(device.smsBatch, nowMs)[0]?.[0];
  return {
    capabilities: permittedCapabilities(device, integration),
    ...common,
    number: maskedNumber(device.number),
    ...(nextCode === undefined ? {} : { sms_nextcode: nextCode }),
    type: 'phone',
  };
};

type DeviceFactor = Exclude<Factor, 'passcode'>;

const noCapableDevice = (): ProtocolError => new ProtocolError(40002, 'no capable device');

/** The devices that `device` selects: all of them for `auto`. */
const namedDevices = (user: User, deviceId: string): readonly Device[] => {
  if (deviceId === 'auto') {
    return user.devices;
  }
  const device = user.devices.find(({ id }) => id === deviceId);
  if (!device) {
    throw new ProtocolError(40002, 'device');
  }
  return [device];
};

const findCapable = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
  factor: DeviceFactor,
): Device | undefined =>
  namedDevices(user, deviceId).find((device) =>
    permittedCapabilities(device, integration).includes(factor),
  );

/**
 * The first selected device with the capability.
 *
 * @throws ProtocolError 40002 when there is none.
 */
export const chooseDevice = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
  factor: DeviceFactor,
): Device => {
  const device = findCapable(integration, user, deviceId, factor);
  if (!device) {
    throw noCapableDevice();
  }
  return device;
};

/**
 * Resolves `auto`: a push to the first capable device, else a call.
 *
 * @throws ProtocolError 40002 when no device is capable of either.
 */
export const chooseAutomatic = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
): { factor: 'push' | 'phone'; device: Device } => {
  for (const factor of ['push', 'phone'] as const) {
    const device = findCapable(integration, user, deviceId, factor);
    if (device) {
      return { factor, device };
    }
  }
  throw noCapableDevice();
};

/** The requested factor with its parameters. */
export type RequestedFactor =
  | { readonly kind: 'auto'; readonly device: string }
  | { readonly kind: 'push'; readonly device: string; readonly txid: string | undefined }
  | { readonly kind: 'phone'; readonly device: string }
  | { readonly kind: 'sms'; readonly device: string }
  | { readonly kind: 'passcode'; readonly passcode: string };

/** A factor and device under one name, as text-mode clients use it: `push1`, `phone2`, `sms1`. */
export interface FactorCode {
  readonly code: string;
  readonly factor: 'push' | 'phone' | 'sms';
  readonly device: Device;
}

const codedFactors = ['push', 'phone', 'sms'] as const;

/** The choices of a user, in the order of the prompt. */
export const factorCodes = (user: User, integration: IntegrationConfig): FactorCode[] => {
  const phones = user.devices.filter(({ kind }) => kind !== 'token');
  return phones.flatMap((device, index) =>
    codedFactors
      .filter((factor) => permittedCapabilities(device, integration).includes(factor))
      .map((factor) => ({ code: `${factor}${index + 1}`, factor, device })),
  );
};

/** The choices by number, and the default. */
export const factorChoices = (codes: readonly FactorCode[]): Record<string, string> => {
  const [first] = codes;
  return {
    ...(first && { default: first.code }),
    ...Object.fromEntries(codes.map(({ code }, index) => [String(index + 1), code])),
  };
};

const labels = { push: 'Duo Push to', phone: 'Phone call to', sms: 'SMS passcodes to' } as const;

const choiceText = ({ factor, device }: FactorCode, index: number, nowMs: number): string => {
  const next = factor === 'sms' ? remainingCodes(device.smsBatch, nowMs)[0]?.[0] : undefined;
  const hint = next === undefined ? '' : ` (next passcode starts with ${next})`;
  return ` ${index + 1}. ${labels[factor]} ${displayName(device)}${hint}`;
};

/** The prompt that a text-mode client shows. */
export const promptText = (user: User, codes: readonly FactorCode[], nowMs: number): string => {
  const choices = codes.map((code, index) => choiceText(code, index, nowMs));
  const range = codes.length > 1 ? ` (1-${codes.length})` : '';
  return [
    `Second factor for ${user.username}: choose a number or type a passcode.`,
    '',
    ...choices,
    '',
    `Number${range} or passcode: `,
  ].join('\n');
};

/**
 * Reads a choice: a factor code, or else a passcode. The prefix `verified_` selects the verified push
 * of the preceding `preauth`.
 *
 * @throws ProtocolError 40002 when the user has no such device; 40001 when `verified_` comes without
 *   `txid`.
 */
export const readFactorCode = (
  user: User | undefined,
  integration: IntegrationConfig,
  text: string,
  txid: string | undefined,
): RequestedFactor => {
  const parts = /^(verified_)?((?:push|phone|sms)\d+)$/.exec(text);
  if (!parts) {
    return { kind: 'passcode', passcode: text };
  }
  const known = user ? factorCodes(user, integration) : [];
  const chosen = known.find(({ code }) => code === parts[2]);
  if (!chosen) {
    throw noCapableDevice();
  }
  const device = chosen.device.id;
  if (chosen.factor !== 'push') {
    return { kind: chosen.factor, device };
  }
  if (parts[1] && txid === undefined) {
    throw new ProtocolError(40001, 'txid');
  }
  return { kind: 'push', device, txid: parts[1] ? txid : undefined };
};
