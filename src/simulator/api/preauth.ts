import { randomUUID } from 'node:crypto';
import { decideAccess } from '../core/access-policy.ts';
import type { IntegrationConfig } from '../core/configuration.ts';
import type { User } from '../core/directory.ts';
import { randomDigits } from '../core/ids.ts';
import type { SimulatorState, Verification } from '../core/state.ts';
import { deviceView, factorChoices, factorCodes, promptText } from './devices.ts';
import {
  createPortalUrl,
  type Endpoint,
  readIpAddress,
  type SignedContext,
  selectUser,
} from './endpoint.ts';
import { respondOk } from './response.ts';

/** Digits of the code that policy demands from this user; `undefined` when it demands none. */
const verificationDigits = (
  { verifiedPush }: IntegrationConfig,
  user: User,
): number | undefined => {
  const hasPush = user.devices.some(({ capabilities }) => capabilities.includes('push'));
  if (!verifiedPush || !hasPush) {
    return undefined;
  }
  const { digits, groups } = verifiedPush;
  const applies = groups.length === 0 || user.groups.some((group) => groups.includes(group));
  return applies ? digits : undefined;
};

/** Creates a code and the transaction id that `preauth` returns with it. */
const createVerification = (
  state: SimulatorState,
  integration: IntegrationConfig,
  user: User,
  digits: number,
): Verification => {
  const verification: Verification = {
    txid: randomUUID(),
    ikey: integration.ikey,
    userId: user.id,
    code: randomDigits(digits),
    expiresAtMs: state.now() + state.settings.verifiedPushExpiresInSeconds * 1000,
  };
  state.verifications.set(verification.txid, verification, verification.expiresAtMs);
  return verification;
};

const verificationView = (context: SignedContext, user: User): Record<string, unknown> => {
  const { state, integration, params } = context;
  const digits = params.flag('client_supports_verified_push')
    ? verificationDigits(integration, user)
    : undefined;
  if (digits === undefined) {
    return {};
  }
  const verification = createVerification(state, integration, user, digits);
  return {
    txid: verification.txid,
    verification_code: verification.code,
    expiration: Math.floor(verification.expiresAtMs / 1000),
  };
};

/** The prompt for clients in text mode such as login_duo (`text_prompt`, undocumented). */
const promptView = (
  { state, integration, params }: SignedContext,
  user: User,
  isVerified: boolean,
): Record<string, unknown> => {
  if (!params.flag('text_prompt')) {
    return {};
  }
  const codes = factorCodes(user, integration).map((code) =>
    isVerified && code.factor === 'push' ? { ...code, code: `verified_${code.code}` } : code,
  );
  const text = promptText(user, codes, state.now());
  return { prompt: { text, factors: factorChoices(codes) } };
};

const authView = (context: SignedContext, user: User): Record<string, unknown> => {
  const { state, integration } = context;
  const verification = verificationView(context, user);
  return {
    devices: user.devices.map((device) => deviceView(device, integration, state.now())),
    result: 'auth',
    status_msg: 'Account is active',
    ...verification,
    ...promptView(context, user, 'txid' in verification),
  };
};

const enrollView = (context: SignedContext, username: string): Record<string, unknown> => {
  const url = createPortalUrl(context, username);
  const text = 'Enroll an authentication device to proceed';
  return {
    enroll_portal_url: url,
    result: 'enroll',
    status_msg: text,
    ...(context.params.flag('text_prompt') && { prompt: { text: `${text}: ${url}` } }),
  };
};

/**
 * `/preauth`: whether a user needs a second factor, and which ones are available.
 *
 * @see Duo Auth API, "Endpoints", "/preauth": https://duo.com/docs/authapi#/preauth
 */
export const preauth: Endpoint = {
  name: 'preauth',
  path: '/auth/v2/preauth',
  method: 'POST',
  isSigned: true,
  run(context) {
    const { state, integration, params } = context;
    const { username, user } = selectUser(context);
    const verdict = decideAccess({
      state,
      integration,
      user,
      ipAddress: readIpAddress(context),
      trustedDeviceToken: params.get('trusted_device_token'),
    });
    switch (verdict.kind) {
      case 'authenticate':
        return respondOk(authView(context, verdict.user), 'auth');
      case 'allow':
        return respondOk({ result: 'allow', status_msg: verdict.reason }, 'allow');
      case 'deny':
      case 'locked_out':
        return respondOk({ result: 'deny', status_msg: verdict.reason }, 'deny');
      case 'enroll':
        return respondOk(enrollView(context, username), 'enroll');
    }
  },
};
