import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import type { Device } from './device.ts';

/** The passcodes of tokens and of Duo Mobile: six digits, event based (RFC 4226). */
export interface OneTimeCodes {
  /** The code of a device for a counter. */
  generate(device: Device, counter: number): string;
  /** The counter, from `device.nextCounter` on, whose code this is. */
  find(device: Device, code: string, lookAhead: number): number | undefined;
}

const digits = 6;

/** @throws MissingPackageError when otpauth is not installed. */
export const loadOneTimeCodes = async (): Promise<OneTimeCodes> => {
  const { HOTP, Secret } = await loadOptionalPackage('otpauth', () => import('otpauth'));
  const generate = (device: Device, counter: number): string =>
    HOTP.generate({ secret: Secret.fromBase32(device.secret), counter, digits });
  return {
    generate,
    find(device, code, lookAhead) {
      const end = device.nextCounter + lookAhead;
      for (let counter = device.nextCounter; counter <= end; counter += 1) {
        if (generate(device, counter) === code) {
          return counter;
        }
      }
      return undefined;
    },
  };
};
