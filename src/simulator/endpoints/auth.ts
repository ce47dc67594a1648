import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import { type AuthenticationRequest, startEnded } from '../transactions/start-transaction.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { readDetails, readFactor } from './auth-request.ts';
import { answerStanding } from './auth-view.ts';
import { authenticateUser, type StartedAuthentication } from './authenticate-user.ts';
import type { Endpoint } from './context.ts';
import { selectUser } from './select-user.ts';

/** Holds the answer back until there is a final one. */
const awaitEnd = (request: AuthenticationRequest, transaction: Transaction): Outcome => {
  if (transaction.isFinal) {
    const { status, statusText } = transaction;
    return answerStanding({ ...request, status, statusText });
  }
  return { kind: 'hold', transaction, resume: () => awaitEnd(request, transaction) };
};

/** Names the transaction to follow. */
export const answerTxid = (transaction: Transaction): Outcome =>
  replied(okReply({ txid: transaction.start.txid }, `started/${transaction.start.factor}`));

const answer = ({ request, attempt }: StartedAuthentication, isAsync: boolean): Outcome => {
  if (attempt.kind === 'started') {
    return isAsync ? answerTxid(attempt.transaction) : awaitEnd(request, attempt.transaction);
  }
  const { status, statusText } = attempt;
  return isAsync
    ? answerTxid(startEnded(request, status, statusText))
    : answerStanding({ ...request, status, statusText });
};

/** Authenticates a user with a second factor. */
export const auth: Endpoint = {
  name: 'auth',
  path: '/auth/v2/auth',
  method: 'POST',
  isSigned: true,
  run(context) {
    const selected = selectUser(context);
    const requested = readFactor(context, selected.user);
    const isAsync = context.params.flag('async');
    const details = readDetails(context, selected.username);
    return answer(authenticateUser(context, selected, requested, details), isAsync);
  },
};
