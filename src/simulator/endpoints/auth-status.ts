import { ProtocolError } from '../protocol/error-codes.ts';
import type { Outcome } from '../protocol/outcome.ts';
import { failReply } from '../protocol/reply.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { answerStanding } from './auth-view.ts';
import type { Endpoint, SignedContext } from './context.ts';

/** @throws ProtocolError 40002 for a transaction that is unknown, forgotten or somebody else's. */
function findTransaction({ state, integration }: SignedContext, txid: string): Transaction {
  const transaction = state.transactions.get(txid);
  if (!transaction || transaction.start.ikey !== integration.ikey) {
    throw new ProtocolError(40002, 'txid');
  }
  const { endedAtMs } = transaction;
  const readableMs = state.settings.finalStateReadableSeconds * 1000;
  if (endedAtMs !== undefined && endedAtMs + readableMs <= state.now()) {
    throw new ProtocolError(40002, 'txid');
  }
  return transaction;
}

function report(context: SignedContext, transaction: Transaction): Outcome {
  transaction.reportedRevision = transaction.revision;
  const { state, integration } = context;
  const { status, statusText, start } = transaction;
  return answerStanding(
    { state, integration, userId: start.userId, status, statusText },
    { auth_delayed: false },
  );
}

/** A poll knows what was reported when it began: of two polls at once, each hears of the change. */
function poll(
  context: SignedContext,
  transaction: Transaction,
  seenRevision: number,
  untilMs: number,
): Outcome {
  if (transaction.isFinal || transaction.revision > seenRevision) {
    return report(context, transaction);
  }
  if (context.state.now() >= untilMs) {
    return context.state.settings.longPollExpiry === 'repeat'
      ? report(context, transaction)
      : { kind: 'reply', reply: failReply(40002, 'txid') };
  }
  const resume = () => poll(context, transaction, seenRevision, untilMs);
  return { kind: 'hold', transaction, untilMs, resume };
}

/** Waits for the next change of a transaction. */
export const authStatus: Endpoint = {
  name: 'auth_status',
  path: '/auth/v2/auth_status',
  method: 'GET',
  isSigned: true,
  run(context) {
    const { state, params } = context;
    const transaction = findTransaction(context, params.require('txid'));
    const { firstPollReturnsAtOnce, longPollSeconds } = state.settings;
    const unreported = firstPollReturnsAtOnce ? 0 : 1;
    const seenRevision = Math.max(transaction.reportedRevision, unreported);
    return poll(context, transaction, seenRevision, state.now() + longPollSeconds * 1000);
  },
};
