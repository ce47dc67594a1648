import { decideAccess, type Verdict } from '../directory/gate.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import { type AuthenticationRequest, startEnded } from '../transactions/start-transaction.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { type Attempt, attemptFactor } from './attempt.ts';
import { type RequestedFactor, readDetails, readFactor } from './auth-request.ts';
import { answerStanding } from './auth-view.ts';
import type { Endpoint, SignedContext } from './context.ts';
import { type SelectedUser, selectUser } from './select-user.ts';

function limitRate({ state }: SignedContext, { username, user }: SelectedUser): void {
  const { authsPerUserPerMinute, retryAfterHeader } = state.settings;
  const key = `user:${user?.id ?? username}`;
  const waitSeconds = state.rates.count(key, authsPerUserPerMinute, state.now());
  if (waitSeconds === undefined) return;
  throw new ProtocolError(42901, undefined, { [retryAfterHeader]: String(waitSeconds) });
}

function attempt(
  verdict: Verdict,
  request: AuthenticationRequest,
  requested: RequestedFactor,
): Attempt {
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
}

/** Holds the answer back until there is a final one. */
function awaitEnd(request: AuthenticationRequest, transaction: Transaction): Outcome {
  if (transaction.isFinal) {
    const { status, statusText } = transaction;
    return answerStanding({ ...request, status, statusText });
  }
  return { kind: 'hold', transaction, resume: () => awaitEnd(request, transaction) };
}

const answerTxid = (transaction: Transaction): Outcome =>
  replied(okReply({ txid: transaction.start.txid }, `started/${transaction.start.factor}`));

function answer(request: AuthenticationRequest, result: Attempt, isAsync: boolean): Outcome {
  if (result.kind === 'started') {
    return isAsync ? answerTxid(result.transaction) : awaitEnd(request, result.transaction);
  }
  const { status, statusText } = result;
  return isAsync
    ? answerTxid(startEnded(request, status, statusText))
    : answerStanding({ ...request, status, statusText });
}

/** Authenticates a user with a second factor. */
export const auth: Endpoint = {
  name: 'auth',
  path: '/auth/v2/auth',
  method: 'POST',
  isSigned: true,
  run(context) {
    const { state, integration, params } = context;
    const selected = selectUser(context);
    const requested = readFactor(context);
    const isAsync = params.flag('async');
    const details = readDetails(context, selected.username);
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
    return answer(request, attempt(verdict, request, requested), isAsync);
  },
};
