import { createHash } from 'node:crypto';
import type { Capability, DeviceConfig, DeviceKind } from '../config/types.ts';
import { derivedId } from './ids.ts';
import type { SmsBatch } from './sms-batch.ts';

/** A device as the service keeps it: what the file says, and what happened since. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly platform: string;
  readonly number: string;
  readonly capabilities: readonly Capability[];
  readonly reachable: boolean;
  /** Base32 secret of its passcodes. */
  readonly secret: string;
  /** The first passcode that is still unused. */
  nextCounter: number;
  /** The passcode that the device shows. */
  shownCounter: number;
  smsBatch: SmsBatch | undefined;
  /** Added by its user, so a reloaded file does not know of it. */
  readonly isEnrolled: boolean;
}

const impliedCapabilities: Readonly<Record<DeviceKind, readonly Capability[]>> = {
  smartphone: ['auto', 'push', 'sms', 'phone', 'mobile_otp'],
  tablet: ['auto', 'push', 'mobile_otp'],
  mobile: ['auto', 'sms', 'phone'],
  landline: ['auto', 'phone'],
  token: [],
};

/** A smartphone without a number can do what a tablet can. */
const capabilitiesOf = (config: DeviceConfig): readonly Capability[] => {
  if (config.capabilities) {
    return config.capabilities;
  }
  const kind = config.kind === 'smartphone' && config.number === '' ? 'tablet' : config.kind;
  return impliedCapabilities[kind];
};

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const derivedSecret = (id: string): string =>
  [...createHash('sha256').update(`secret:${id}`).digest()]
    .map((byte) => base32[byte % 32])
    .join('');

/** Makes a device of its description. `seed` gives it an id when the description has none. */
export const createDevice = (config: DeviceConfig, seed: string, isEnrolled = false): Device => {
  const id = config.id ?? derivedId(config.kind === 'token' ? 'DH' : 'DP', seed);
  return {
    id,
    kind: config.kind,
    name: config.name,
    platform: config.platform,
    number: config.number,
    capabilities: capabilitiesOf(config),
    reachable: config.reachable,
    secret: config.secret ?? derivedSecret(id),
    nextCounter: 0,
    shownCounter: 0,
    smsBatch: undefined,
    isEnrolled,
  };
};

/** A number as Duo shows it: `XXX-XXX-1234`. */
export const maskedNumber = (number: string): string => {
  const digits = number.replace(/\D/g, '');
  return digits.length < 4 ? '' : `XXX-XXX-${digits.slice(-4)}`;
};

/** What to call a device in front of its user. */
export const displayName = (device: Device): string => {
  if (device.kind === 'token') {
    return `Token ${device.name}`;
  }
  const label = device.name || device.platform || 'Phone';
  const number = maskedNumber(device.number);
  return number ? `${label} (${number})` : label;
};
