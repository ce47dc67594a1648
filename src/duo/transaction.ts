import {
  type AuthStatusResponse,
  type AuthWaiting,
  authStatusRequest,
  parseAuthStatusResponse,
} from './endpoints/auth-status.ts';
import { DuoApiError } from './errors/duo-api-error.ts';
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

/** How long to follow a transaction. */
export interface FollowOptions {
  /** Stop this many seconds after {@link startedAtMs}; what is known then is the result. */
  readonly deadlineSeconds: number;
  /** When the transaction began, in milliseconds since 1970; by default when it is first asked for. */
  readonly startedAtMs?: number;
}

interface Seen {
  readonly startedAtMs: number;
  /** Absent while Duo has let every poll run out. */
  readonly last: AuthWaiting | undefined;
}

/**
 * Ask for a transaction's status until it is final or the deadline is over. Each new status is
 * reported. A result of `waiting` says that the deadline came first: nobody has been let in.
 */
export const followTransaction = (
  txid: string,
  { deadlineSeconds, startedAtMs }: FollowOptions,
): Plan<AuthStatusResponse> => {
  const poll = (secondsLeft: number, seen?: Seen): Plan<AuthStatusResponse> => ({
    send: { ...authStatusRequest({ txid }), withinSeconds: secondsLeft },
    next: (reply) => read(reply, seen),
    // The deadline cut the poll short; the last known status is still the truth.
    onFailure: (error) => {
      if (error.kind === 'timeout' && seen?.last !== undefined) {
        return done(seen.last);
      }
      throw error;
    },
  });

  const report = (status: AuthWaiting, next: () => Plan<AuthStatusResponse>) => ({
    report: { txid, status: status.status, statusMessage: status.statusMessage },
    next,
  });

  const read = (reply: ApiResponse, seen?: Seen): Plan<AuthStatusResponse> => {
    const polled = readPoll(reply);
    const hasRunOut = polled instanceof DuoApiError;
    if (!hasRunOut && polled.result !== 'waiting') {
      return done(polled);
    }
    const since = seen?.startedAtMs ?? startedAtMs ?? reply.sentAtMs;
    const secondsLeft = deadlineSeconds - (reply.receivedAtMs - since) / 1000;
    const last = hasRunOut ? seen?.last : polled;
    if (secondsLeft <= 0) {
      return end(last, polled);
    }
    const next = () => poll(secondsLeft, { startedAtMs: since, last });
    return hasRunOut || polled.status === seen?.last?.status
      ? askAgain(reply, next)
      : report(polled, next);
  };

  // Without any status there is nothing to tell but why.
  const end = (last: AuthWaiting | undefined, polled: Polled): Plan<AuthStatusResponse> => {
    if (last === undefined) {
      throw polled;
    }
    return done(last);
  };

  return poll(deadlineSeconds);
};
