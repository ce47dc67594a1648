import { randomUUID } from 'node:crypto';
import type { IntegrationConfig } from '../config/types.ts';
import { randomDigits } from '../directory/ids.ts';
import type { User } from '../directory/user.ts';
import type { SimulatorState } from '../state.ts';
import type { Verification } from './verification.ts';

/** Whether policy asks this user to type a code, given a client that can show one. */
export const needsVerification = (integration: IntegrationConfig, user: User): boolean => {
  const policy = integration.verifiedPush;
  const applies =
    policy !== undefined &&
    (policy.groups.length === 0 || user.groups.some((group) => policy.groups.includes(group)));
  return applies && user.devices.some(({ capabilities }) => capabilities.includes('push'));
};

/** Makes a code and the transaction id that stands for it. */
export const createVerification = (
  state: SimulatorState,
  integration: IntegrationConfig,
  user: User,
): Verification => {
  const verification: Verification = {
    txid: randomUUID(),
    ikey: integration.ikey,
    userId: user.id,
    code: randomDigits(integration.verifiedPush?.digits ?? 3),
    expiresAtMs: state.now() + state.settings.verifiedPushExpiresInSeconds * 1000,
  };
  state.verifications.set(verification.txid, verification, verification.expiresAtMs);
  return verification;
};
