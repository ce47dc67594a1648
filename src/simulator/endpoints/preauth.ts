import { decideAccess } from '../directory/gate.ts';
import type { User } from '../directory/user.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import { createVerification, needsVerification } from '../transactions/create-verification.ts';
import type { Endpoint, SignedContext } from './context.ts';
import { deviceView } from './device-view.ts';
import { factorChoices, factorCodes, promptText } from './factor-codes.ts';
import { createPortalUrl, readIpAddress, selectUser } from './select-user.ts';

const verificationView = (context: SignedContext, user: User): Record<string, unknown> => {
  const { state, integration, params } = context;
  if (!params.flag('client_supports_verified_push')) {
    return {};
  }
  if (!needsVerification(integration, user)) {
    return {};
  }
  const verification = createVerification(state, integration, user);
  return {
    txid: verification.txid,
    verification_code: verification.code,
    expiration: Math.floor(verification.expiresAtMs / 1000),
  };
};

/** The dialect of clients in text mode, such as login_duo: what to ask, and what may be answered. */
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

const answer = (response: Record<string, unknown>, outcome: string): Outcome =>
  replied(okReply(response, outcome));

/** Says whether a user may, must or need not authenticate, and with what. */
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
        return answer(authView(context, verdict.user), 'auth');
      case 'allow':
        return answer({ result: 'allow', status_msg: verdict.reason }, 'allow');
      case 'deny':
      case 'locked_out':
        return answer({ result: 'deny', status_msg: verdict.reason }, 'deny');
      case 'enroll':
        return answer(enrollView(context, username), 'enroll');
      default:
        return verdict satisfies never;
    }
  },
};
