import type { IntegrationConfig } from '../config/types.ts';
import { type Device, displayName } from '../directory/device.ts';
import { remainingCodes } from '../directory/sms-batch.ts';
import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { permittedCapabilities } from './device-view.ts';
import type { RequestedFactor } from './requested-factor.ts';

/** A factor on a device under one name, as text-mode clients know it: `push1`, `phone2`, `sms1`. */
export interface FactorCode {
  readonly code: string;
  readonly factor: 'push' | 'phone' | 'sms';
  readonly device: Device;
}

const codedFactors = ['push', 'phone', 'sms'] as const;

/** What a user can choose from, in the order in which it is offered. */
export const factorCodes = (user: User, integration: IntegrationConfig): FactorCode[] => {
  const phones = user.devices.filter(({ kind }) => kind !== 'token');
  return phones.flatMap((device, index) =>
    codedFactors
      .filter((factor) => permittedCapabilities(device, integration).includes(factor))
      .map((factor) => ({ code: `${factor}${index + 1}`, factor, device })),
  );
};

/** A list of choices by number, with the one that is taken when nothing is chosen. */
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

/** The question that a text-mode client puts to its user. */
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
 * Reads what was chosen: a factor code, or else a passcode. `verified_` before a push takes the
 * transaction that `preauth` promised.
 *
 * @throws ProtocolError 40002 for the code of a device that the user does not have.
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
    throw new ProtocolError(40002, 'no capable device');
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
