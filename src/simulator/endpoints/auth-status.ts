import type { Outcome } from '../protocol/outcome.ts';
import { failReply } from '../protocol/reply.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { answerStanding } from './auth-view.ts';
import type { Endpoint, SignedContext } from './context.ts';
import { findTransaction } from './find-transaction.ts';

const report = (context: SignedContext, transaction: Transaction): Outcome => {
  const { state, integration } = context;
  const { status, statusText, start } = transaction;
  return answerStanding(
    { state, integration, userId: start.userId, status, statusText },
    { auth_delayed: false },
  );
};

/** How a standing is put into words: version 1 of the API has its own. */
export type Report = (context: SignedContext, transaction: Transaction) => Outcome;

/** A poll knows what was reported when it began: of two polls at once, each hears of the change. */
const poll = (
  context: SignedContext,
  transaction: Transaction,
  answer: Report,
  seenRevision: number,
  untilMs: number,
): Outcome => {
  const isOver = context.state.now() >= untilMs;
  if (isOver && context.state.settings.longPollExpiry === 'error' && !transaction.isFinal) {
    return { kind: 'reply', reply: failReply(40002, 'txid') };
  }
  if (isOver || transaction.isFinal || transaction.revision > seenRevision) {
    transaction.reportedRevision = transaction.revision;
    return answer(context, transaction);
  }
  const resume = () => poll(context, transaction, answer, seenRevision, untilMs);
  return { kind: 'hold', transaction, untilMs, resume };
};

/** Waits for the next change of the transaction that `txid` names, and reports it. */
export const awaitChange = (context: SignedContext, answer: Report): Outcome => {
  const { state, params } = context;
  const transaction = findTransaction(context, params.require('txid'));
  const { firstPollReturnsAtOnce, longPollSeconds } = state.settings;
  const unreported = firstPollReturnsAtOnce ? 0 : 1;
  const seenRevision = Math.max(transaction.reportedRevision, unreported);
  return poll(context, transaction, answer, seenRevision, state.now() + longPollSeconds * 1000);
};

/** Waits for the next change of a transaction. */
export const authStatus: Endpoint = {
  name: 'auth_status',
  path: '/auth/v2/auth_status',
  method: 'GET',
  isSigned: true,
  run: (context) => awaitChange(context, report),
};
