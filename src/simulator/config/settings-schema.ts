import * as z from 'zod';
import { signatureSchemes } from '../protocol/signature.ts';
import { defaultSettings } from './default-settings.ts';
import type { Settings } from './types.ts';

const dayInSeconds = 86_400;

const seconds = (minimum: number, maximum: number = 365 * dayInSeconds) =>
  z.number().min(minimum).max(maximum);

const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);

const hostName = z.string().regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'is no host name');

/** `settings:` of the file. */
export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  clockSkewSeconds: seconds(0).default(defaultSettings.clockSkewSeconds),
  longPollSeconds: seconds(0, 600).default(defaultSettings.longPollSeconds),
  longPollExpiry: z.enum(['repeat', 'error']).default(defaultSettings.longPollExpiry),
  firstPollReturnsAtOnce: z.boolean().default(defaultSettings.firstPollReturnsAtOnce),
  pushExpiresInSeconds: seconds(1, 3600).default(defaultSettings.pushExpiresInSeconds),
  callExpiresInSeconds: seconds(1, 3600).default(defaultSettings.callExpiresInSeconds),
  keyPressAfterSeconds: seconds(0, 60).default(defaultSettings.keyPressAfterSeconds),
  finalStateReadableSeconds: seconds(1).default(defaultSettings.finalStateReadableSeconds),
  verifiedPushExpiresInSeconds: seconds(1, 3600).default(
    defaultSettings.verifiedPushExpiresInSeconds,
  ),
  verifiedPushAttempts: whole(1, 100).default(defaultSettings.verifiedPushAttempts),
  portalExpiresInSeconds: seconds(1).default(defaultSettings.portalExpiresInSeconds),
  activationExpiresInSeconds: seconds(1).default(defaultSettings.activationExpiresInSeconds),
  lockoutAfterFailures: whole(0, 1000).default(defaultSettings.lockoutAfterFailures),
  lockoutSeconds: seconds(0).default(defaultSettings.lockoutSeconds),
  smsBatchSize: whole(1, 10).default(defaultSettings.smsBatchSize),
  smsExpiresInSeconds: seconds(0).default(defaultSettings.smsExpiresInSeconds),
  passcodeLookAhead: whole(0, 1000).default(defaultSettings.passcodeLookAhead),
  requestsPerMinute: whole(0, 1_000_000).default(defaultSettings.requestsPerMinute),
  authsPerUserPerMinute: whole(0, 1_000_000).default(defaultSettings.authsPerUserPerMinute),
  retryAfterHeader: z.enum(['Retry-After', 'X-Retry-After']).default('Retry-After'),
  acceptedSignatures: z
    .array(z.enum(signatureSchemes))
    .min(1)
    .default([...signatureSchemes]),
  allowUnsignedDuoDate: z.boolean().default(defaultSettings.allowUnsignedDuoDate),
  hostAliases: z.array(hostName).default([]),
  unknownUserOnAuth: z.enum(['deny', 'error']).default(defaultSettings.unknownUserOnAuth),
  strictIpAddress: z.boolean().default(defaultSettings.strictIpAddress),
  faultSeed: z.number().int().default(defaultSettings.faultSeed),
  maxBodyBytes: whole(1024, 16_777_216).default(defaultSettings.maxBodyBytes),
  maxTransactions: whole(1, 1_000_000).default(defaultSettings.maxTransactions),
  maxLogEntries: whole(1, 100_000).default(defaultSettings.maxLogEntries),
});
