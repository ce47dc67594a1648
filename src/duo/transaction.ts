import { type AuthParams, authRequest, parseAuthStarted } from './endpoints/auth.ts';
import {
  type AuthStatusResponse,
  type AuthWaiting,
  authStatusRequest,
  parseAuthStatusResponse,
} from './endpoints/auth-status.ts';
import { DuoError, inTransaction } from './errors/duo-error.ts';
import { BadArgumentError } from './errors/input-errors.ts';
import { NetworkError } from './errors/network-error.ts';
import { DuoApiError, InvalidResponseError } from './errors/response-errors.ts';
import { ask, chain, done, type Plan } from './plan.ts';
import type { ApiResponse } from './request.ts';
import { isPermanent } from './retry.ts';

/** How long to follow a transaction. */
export interface FollowOptions {
  /** Stop after this many seconds; what is known then is the result. More than 0. */
  readonly deadlineSeconds: number;
}

// Duo holds a poll until something changes. A poll that came back at once with nothing new means a
// service without long polls, which must not be asked in a tight loop.
const pauseSeconds = 1;

// A service that fails so often in a row will not recover while a user waits.
const maxFailuresInARow = 5;

// Longer than any push lives.
const onceSeconds = 75;

/** What is known of a transaction. */
interface Known {
  readonly last?: AuthWaiting | undefined;
  readonly failure?: DuoError | undefined;
  readonly failuresInARow: number;
}

/** A transaction that is followed. */
interface Followed {
  readonly txid: string;
  readonly untilMs: number;
  /** Any status is the end, and not only a final one. */
  readonly isOnce: boolean;
}

/**
 * Duo did not hold the poll any longer. With the detail `txid`, the same code means that Duo does not
 * know the transaction. Duo does not document how a poll ends.
 */
const hasRunOut = (error: unknown): boolean =>
  error instanceof DuoApiError && error.duoCode === 40002 && error.duoDetail !== 'txid';

/** Too many requests, or a service that is down for now: the transaction goes on all the same. */
const isPassing = (error: unknown): boolean => {
  if (error instanceof NetworkError) {
    return !isPermanent(error);
  }
  return (
    (error instanceof DuoApiError || error instanceof InvalidResponseError) &&
    (error.httpStatus === 429 || error.httpStatus >= 500)
  );
};

const poll = (followed: Followed, known: Known, startedMs: number): Plan<AuthStatusResponse> => {
  const { txid, untilMs, isOnce } = followed;

  const fail = (error: unknown): never => {
    throw error instanceof DuoError ? inTransaction(error, txid) : error;
  };

  /** The last status; without one, the last failure is thrown. */
  const end = ({ last, failure }: Known): Plan<AuthStatusResponse> =>
    last === undefined ? fail(failure) : done(last);

  /** Ask again after a wait, or end when the time is over. */
  const pollAgain = (next: Known, waitSeconds: number): Plan<AuthStatusResponse> => ({
    readClock: (nowMs) => {
      const secondsLeft = (untilMs - nowMs) / 1000;
      if (secondsLeft <= 0) {
        return end(next);
      }
      return waitSeconds > 0
        ? {
            waitSeconds: Math.min(waitSeconds, secondsLeft),
            next: () => pollAgain(next, 0),
            onFailure: () => end(next),
          }
        : poll(followed, next, nowMs);
    },
  });

  /** At once when Duo held the poll, else after a pause. */
  const pollOn = (next: Known): Plan<AuthStatusResponse> => ({
    readClock: (nowMs) =>
      pollAgain(next, nowMs - startedMs >= pauseSeconds * 1000 ? 0 : pauseSeconds),
  });

  const onError = (error: unknown): Plan<AuthStatusResponse> => {
    if (hasRunOut(error)) {
      return pollOn({ ...known, failure: error as DuoError });
    }
    const failuresInARow = known.failuresInARow + 1;
    return isPassing(error) && failuresInARow <= maxFailuresInARow
      ? pollAgain(
          { ...known, failure: error as DuoError, failuresInARow },
          2 ** (failuresInARow - 1),
        )
      : fail(error);
  };

  const onStatus = (status: AuthStatusResponse): Plan<AuthStatusResponse> => {
    if (isOnce || status.result !== 'waiting') {
      return done(status);
    }
    const next = { last: status, failuresInARow: 0 };
    return status.status === known.last?.status
      ? pollOn(next)
      : {
          report: { txid, status: status.status, statusMessage: status.statusMessage },
          next: () => pollAgain(next, 0),
        };
  };

  const read = (response: ApiResponse): Plan<AuthStatusResponse> => {
    let status: AuthStatusResponse;
    try {
      status = parseAuthStatusResponse(response);
    } catch (error) {
      return onError(error);
    }
    return onStatus(status);
  };

  return {
    send: { ...authStatusRequest({ txid }), withinSeconds: (untilMs - startedMs) / 1000 },
    next: read,
    onFailure: onError,
  };
};

const follow = (txid: string, seconds: number, isOnce: boolean): Plan<AuthStatusResponse> => ({
  readClock: (nowMs) =>
    poll({ txid, untilMs: nowMs + seconds * 1000, isOnce }, { failuresInARow: 0 }, nowMs),
});

const checkDeadline = (deadlineSeconds: number): void => {
  if (!(deadlineSeconds > 0)) {
    const rule = 'must be a number of seconds above 0';
    throw new BadArgumentError('/auth_status', [{ name: 'deadlineSeconds', rule }]);
  }
};

/**
 * Ask for a transaction's status until it is final or the deadline is over. Each new status is
 * reported. A result of `waiting` says that the deadline came first. A poll that times out, a 429 or
 * a service that is down for a moment do not end the wait. An error carries the `txid`.
 *
 * @see Duo Auth API, "Endpoints", "/auth_status": https://duo.com/docs/authapi#/auth_status
 * @throws {@link BadArgumentError} for a deadline that is no number above 0.
 */
export const followTransaction = (
  txid: string,
  { deadlineSeconds }: FollowOptions,
): Plan<AuthStatusResponse> => {
  checkDeadline(deadlineSeconds);
  return follow(txid, deadlineSeconds, false);
};

/** Ask for a transaction's status once, however often Duo lets the poll run out before it answers. */
export const pollStatusOnce = (txid: string): Plan<AuthStatusResponse> =>
  follow(txid, onceSeconds, true);

/**
 * Start an authentication and follow it to its end or the deadline.
 *
 * @throws {@link BadArgumentError} for a deadline that is no number above 0, before anything is sent.
 */
export const authAndFollow = (
  params: AuthParams,
  { deadlineSeconds }: FollowOptions,
): Plan<AuthStatusResponse> => {
  checkDeadline(deadlineSeconds);
  return chain(ask(authRequest(params, { async: true }), parseAuthStarted), ({ txid }) =>
    follow(txid, deadlineSeconds, false),
  );
};
