import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthAnswer } from '../flow/event.ts';
import { classifyFailure, type DuoPort, type TransactionStatus } from './duo-port.ts';

/** How a transaction is followed. */
export interface FollowOptions {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onStatus: (status: string) => Promise<unknown>;
  readonly now?: (() => number) | undefined;
  /** Between polls that came back at once. */
  readonly pauseMs?: number | undefined;
}

// Duo may answer a long poll that ran out with this code; asking again is right. When it means that
// the transaction is unknown, it comes back at once, time after time.
const longPollOver = 40_002;
const quickRefusalsAtMost = 3;

/**
 * Ask for a transaction's status until it is final. A poll sends the user nothing, so a broken one is
 * repeated. At the deadline the answer is a deny: nobody has let the user in.
 *
 * @throws what Duo refused the poll with.
 */
export const followTransaction = async (
  duo: DuoPort,
  txid: string,
  options: FollowOptions,
): Promise<AuthAnswer> => {
  const { deadlineMs, signal, onStatus, now = Date.now, pauseMs = 1_000 } = options;
  let lastStatus: string | undefined;
  let refusals = 0;

  const poll = async (): Promise<TransactionStatus | undefined> => {
    try {
      const status = await duo.status(txid, signal);
      refusals = 0;
      return status;
    } catch (error) {
      const failure = classifyFailure(error);
      if (signal.aborted || (!failure.outage && failure.duoCode !== longPollOver)) {
        throw error;
      }
      refusals += failure.outage ? 0 : 1;
      if (refusals > quickRefusalsAtMost) {
        throw error;
      }
      return undefined;
    }
  };

  while (now() < deadlineMs) {
    const askedAtMs = now();
    const status = await poll();
    if (status !== undefined && status.result !== 'waiting') {
      return { result: status.result, status: status.status };
    }
    const isNews = status !== undefined && status.status !== lastStatus;
    if (isNews) {
      lastStatus = status.status;
      await onStatus(status.status);
    }
    if (now() - askedAtMs >= pauseMs) {
      refusals = 0;
    }
    // A service without long polls must not be asked in a tight loop.
    if (!isNews && now() - askedAtMs < pauseMs) {
      await sleep(pauseMs, undefined, { signal });
    }
  }
  return { result: 'deny', status: 'timeout' };
};
