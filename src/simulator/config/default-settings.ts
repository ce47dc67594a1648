import { signatureSchemes } from '../protocol/signature.ts';
import type { Settings } from './types.ts';

/** What holds where a file says nothing. */
export const defaultSettings: Settings = {
  clockSkewSeconds: 300,
  longPollSeconds: 30,
  longPollExpiry: 'repeat',
  firstPollReturnsAtOnce: true,
  pushExpiresInSeconds: 60,
  callExpiresInSeconds: 60,
  keyPressAfterSeconds: 1,
  finalStateReadableSeconds: 300,
  verifiedPushExpiresInSeconds: 60,
  verifiedPushAttempts: 3,
  portalExpiresInSeconds: 300,
  activationExpiresInSeconds: 86_400,
  lockoutAfterFailures: 10,
  lockoutSeconds: 0,
  smsBatchSize: 10,
  smsExpiresInSeconds: 0,
  passcodeLookAhead: 20,
  requestsPerMinute: 0,
  authsPerUserPerMinute: 0,
  retryAfterHeader: 'Retry-After',
  acceptedSignatures: signatureSchemes,
  allowUnsignedDuoDate: true,
  hostAliases: [],
  unknownUserOnAuth: 'deny',
  strictIpAddress: false,
  maxBodyBytes: 262_144,
  maxTransactions: 20_000,
  maxLogEntries: 1000,
};
