import { ProtocolError } from '../protocol/error-codes.ts';
import type { Transaction } from '../transactions/transaction.ts';
import type { SignedContext } from './context.ts';

/**
 * Finds a transaction of the integration's.
 *
 * @throws ProtocolError 40002 for a transaction that is unknown, forgotten or somebody else's.
 */
export const findTransaction = (
  { state, integration }: SignedContext,
  txid: string,
): Transaction => {
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
};
