import { decideAccess } from '../directory/gate.ts';
import type { User } from '../directory/user.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import { createVerification, needsVerification } from '../transactions/create-verification.ts';
import type { Endpoint, SignedContext } from './context.ts';
import { deviceView } from './device-view.ts';
import { createPortalUrl, readIpAddress, selectUser } from './select-user.ts';

function verificationView(context: SignedContext, user: User): Record<string, unknown> {
  const { state, integration, params } = context;
  if (!params.flag('client_supports_verified_push')) return {};
  if (!needsVerification(integration, user)) return {};
  const verification = createVerification(state, integration, user);
  return {
    txid: verification.txid,
    verification_code: verification.code,
    expiration: Math.floor(verification.expiresAtMs / 1000),
  };
}

function authView(context: SignedContext, user: User): Record<string, unknown> {
  const { state, integration } = context;
  return {
    devices: user.devices.map((device) => deviceView(device, integration, state.now())),
    result: 'auth',
    status_msg: 'Account is active',
    ...verificationView(context, user),
  };
}

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
        return answer(
          {
            enroll_portal_url: createPortalUrl(context, username),
            result: 'enroll',
            status_msg: 'Enroll an authentication device to proceed',
          },
          'enroll',
        );
      default:
        return verdict satisfies never;
    }
  },
};
