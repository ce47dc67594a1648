import { createHash } from 'node:crypto';
import type { Capability, DeviceConfig, DeviceKind } from './configuration.ts';
import { derivedId, randomDigits } from './ids.ts';

/** A device: its configuration, and what happened since. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly platform: string;
  readonly number: string;
  readonly capabilities: readonly Capability[];
  reachable: boolean;
  /** Base32 secret of its passcodes. */
  readonly secret: string;
  /** Counter of the first unused passcode. */
  nextCounter: number;
  /** Counter of the passcode on its display. */
  shownCounter: number;
  smsBatch: SmsBatch | undefined;
  /** Added while the simulator runs, so that it survives a reload of the file. */
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

/** Creates a device. Without an id in the configuration, the id derives from `seed`. */
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

/** The name of a device as users see it. */
export const displayName = (device: Device): string => {
  if (device.kind === 'token') {
    return `Token ${device.name}`;
  }
  const label = device.name || device.platform || 'Phone';
  const number = maskedNumber(device.number);
  return number ? `${label} (${number})` : label;
};

/** The passcodes of one text message. The n-th begins with the digit n; the tenth with 0. */
export interface SmsBatch {
  readonly codes: readonly string[];
  readonly sentAtMs: number;
  /** `undefined`: until the next batch. */
  readonly expiresAtMs: number | undefined;
  /** Index of the first valid code: using a code voids those before it. */
  nextIndex: number;
}

const digitsAfterFirst = 6;

/** Makes a batch of `size` codes. */
export const createSmsBatch = (size: number, nowMs: number, expiresInSeconds: number): SmsBatch => {
  const codes = Array.from(
    { length: size },
    (_, index) => `${(index + 1) % 10}${randomDigits(digitsAfterFirst)}`,
  );
  const expiresAtMs = expiresInSeconds === 0 ? undefined : nowMs + expiresInSeconds * 1000;
  return { codes, sentAtMs: nowMs, expiresAtMs, nextIndex: 0 };
};

/** The valid codes, in order. */
export const remainingCodes = (batch: SmsBatch | undefined, nowMs: number): readonly string[] => {
  if (!batch || (batch.expiresAtMs !== undefined && batch.expiresAtMs <= nowMs)) {
    return [];
  }
  return batch.codes.slice(batch.nextIndex);
};

/** Uses a code up. Returns false when it is not a valid one. */
export const useSmsCode = (batch: SmsBatch | undefined, code: string, nowMs: number): boolean => {
  if (!batch || !remainingCodes(batch, nowMs).includes(code)) {
    return false;
  }
  batch.nextIndex = batch.codes.indexOf(code) + 1;
  return true;
};

/** Whether a device makes passcodes: a token, or a phone with Duo Mobile. */
export const makesPasscodes = ({ kind, capabilities }: Device): boolean =>
  kind === 'token' || capabilities.includes('mobile_otp');

/** The passcodes of tokens and of Duo Mobile: six digits, counter based (RFC 4226). */
export interface OneTimeCodes {
  /** The code of a device for a counter. */
  generate(device: Device, counter: number): string;
  /** The counter, from `first` on and at most `lookAhead` further, whose code this is. */
  find(device: Device, code: string, first: number, lookAhead: number): number | undefined;
}

const digits = 6;

/** Loads the library that generates the passcodes. */
export const loadOneTimeCodes = async (): Promise<OneTimeCodes> => {
  const { HOTP, Secret } = await import('otpauth');
  const generate = (device: Device, counter: number): string =>
    HOTP.generate({ secret: Secret.fromBase32(device.secret), counter, digits });
  return {
    generate,
    find(device, code, first, lookAhead) {
      for (let counter = first; counter <= first + lookAhead; counter += 1) {
        if (generate(device, counter) === code) {
          return counter;
        }
      }
      return undefined;
    },
  };
};
