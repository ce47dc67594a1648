import { decideAccess, type Verdict } from '../directory/gate.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import type { AuthenticationRequest } from '../transactions/start-transaction.ts';
import type { TransactionDetails } from '../transactions/transaction.ts';
import { type Attempt, attemptFactor } from './attempt.ts';
import type { SignedContext } from './context.ts';
import type { RequestedFactor } from './requested-factor.ts';
import type { SelectedUser } from './select-user.ts';

/** An authentication, and how it went or goes on. */
export interface StartedAuthentication {
  readonly request: AuthenticationRequest;
  readonly attempt: Attempt;
}

const limitRate = ({ state }: SignedContext, { username, user }: SelectedUser): void => {
  const { authsPerUserPerMinute, retryAfterHeader } = state.settings;
  const key = `user:${user?.id ?? username}`;
  const waitSeconds = state.rates.count(key, authsPerUserPerMinute, state.now());
  if (waitSeconds === undefined) {
    return;
  }
  throw new ProtocolError(42901, undefined, { [retryAfterHeader]: String(waitSeconds) });
};

const attempt = (
  verdict: Verdict,
  request: AuthenticationRequest,
  requested: RequestedFactor,
): Attempt => {
  switch (verdict.kind) {
    case 'authenticate':
      return attemptFactor(request, verdict.user, requested);
    case 'allow':
      return { kind: 'ended', status: 'bypass', statusText: verdict.reason };
    case 'deny':
    case 'locked_out':
      return { kind: 'ended', status: verdict.kind, statusText: verdict.reason };
    case 'enroll':
      if (request.state.settings.unknownUserOnAuth === 'error') {
        throw new ProtocolError(40002, 'username');
      }
      return {
        kind: 'ended',
        status: 'deny',
        statusText: 'Enroll an authentication device to proceed',
      };
    default:
      return verdict satisfies never;
  }
};

/** Asks policy again, as a user may have been closed since `preauth`, and then tries the factor. */
export const authenticateUser = (
  context: SignedContext,
  selected: SelectedUser,
  requested: RequestedFactor,
  details: TransactionDetails,
): StartedAuthentication => {
  const { state, integration } = context;
  limitRate(context, selected);
  const verdict = decideAccess({
    state,
    integration,
    user: selected.user,
    ipAddress: details.ipAddress,
    trustedDeviceToken: undefined,
  });
  const request: AuthenticationRequest = {
    state,
    integration,
    userId: selected.user?.id ?? '',
    factor: requested.kind === 'auto' ? 'push' : requested.kind,
    details,
  };
  return { request, attempt: attempt(verdict, request, requested) };
};
