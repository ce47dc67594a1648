import type { Capability, Factor, IntegrationConfig } from '../core/configuration.ts';
import { type Device, displayName, maskedNumber, remainingCodes } from '../core/device.ts';
import { ProtocolError } from '../core/error-codes.ts';
import type { User } from '../core/user.ts';

const factorOf: Readonly<Record<Exclude<Capability, 'auto'>, Factor>> = {
  push: 'push',
  sms: 'sms',
  phone: 'phone',
  mobile_otp: 'passcode',
};

/** The capabilities of a device that the policy of the integration permits. */
export const permittedCapabilities = (
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

/** The first selected device with the capability. */
export const chooseDevice = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
  factor: DeviceFactor,
): Device => {
  const device = namedDevices(user, deviceId).find((candidate) =>
    permittedCapabilities(candidate, integration).includes(factor),
  );
  if (!device) {
    throw noCapableDevice();
  }
  return device;
};

/** Resolves `auto`: a push to the first capable device, else a call. */
export const chooseAutomatic = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
): { factor: 'push' | 'phone'; device: Device } => {
  const devices = namedDevices(user, deviceId);
  for (const factor of ['push', 'phone'] as const) {
    const device = devices.find((candidate) =>
      permittedCapabilities(candidate, integration).includes(factor),
    );
    if (device) {
      return { factor, device };
    }
  }
  throw noCapableDevice();
};
