import { randomUUID } from 'node:crypto';
import type { IntegrationConfig } from './configuration.ts';
import { randomDigits } from './ids.ts';
import type { SimulatorState, Verification } from './state.ts';
import type { User } from './user.ts';

/** Whether policy demands a code from this user, given a client that can display one. */
export const needsVerification = (integration: IntegrationConfig, user: User): boolean => {
  const policy = integration.verifiedPush;
  const applies =
    policy !== undefined &&
    (policy.groups.length === 0 || user.groups.some((group) => policy.groups.includes(group)));
  return applies && user.devices.some(({ capabilities }) => capabilities.includes('push'));
};

/** Creates a code and the transaction id that `preauth` returns with it. */
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
