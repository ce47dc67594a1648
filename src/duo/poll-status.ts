import { type AuthStatusResponse, parseAuthStatusResponse } from './endpoints/auth-reply.ts';
import { authStatusRequest } from './endpoints/auth-status.ts';
import { DuoApiError } from './errors/refused-error.ts';
import { done, type Plan } from './plan.ts';
import type { ApiResponse } from './request.ts';

// Duo holds a poll until something changes. A poll that came back at once with nothing new means a
// service without long polls, which must not be asked in a tight loop.
const pauseSeconds = 1;

/** Ask again: at once when Duo held the last poll back, else after a pause. */
export const askAgain = <T>(last: ApiResponse, next: () => Plan<T>): Plan<T> =>
  last.receivedAtMs - last.sentAtMs >= pauseSeconds * 1000
    ? next()
    : { waitSeconds: pauseSeconds, next };

/** A status, or the refusal that says no more than that Duo did not hold the poll any longer. */
export type Polled = AuthStatusResponse | DuoApiError;

/**
 * Read the answer to a poll.
 *
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const readPoll = (reply: ApiResponse): Polled => {
  try {
    return parseAuthStatusResponse(reply);
  } catch (error) {
    // The same code stands for a transaction that Duo does not know; that one is named.
    if (error instanceof DuoApiError && error.duoCode === 40002 && error.duoDetail !== 'txid') {
      return error;
    }
    throw error;
  }
};

// Longer than any push lives.
const onceSeconds = 75;

/** Ask for a transaction's status once, however often Duo lets the poll run out before it answers. */
export const pollStatusOnce = (txid: string): Plan<AuthStatusResponse> => {
  const poll = (firstSentAtMs?: number): Plan<AuthStatusResponse> => ({
    send: authStatusRequest({ txid }),
    next: (reply) => {
      const polled = readPoll(reply);
      if (!(polled instanceof DuoApiError)) {
        return done(polled);
      }
      const since = firstSentAtMs ?? reply.sentAtMs;
      if (reply.receivedAtMs - since >= onceSeconds * 1000) {
        throw polled;
      }
      return askAgain(reply, () => poll(since));
    },
  });
  return poll();
};
