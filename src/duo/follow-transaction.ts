import {
  type AuthStatusReply,
  type AuthWaiting,
  parseAuthStatusReply,
} from './endpoints/auth-reply.ts';
import { authStatusRequest } from './endpoints/auth-status.ts';
import { done, type Plan } from './plan.ts';
import type { ApiReply } from './request.ts';

/** How long to follow a transaction. */
export interface FollowOptions {
  /** Stop this many seconds after {@link startedAtMs}; what is known then is the result. */
  readonly deadlineSeconds: number;
  /** When the transaction began, in milliseconds since 1970; by default when it is first asked for. */
  readonly startedAtMs?: number;
}

// Duo holds a poll until something changes. A poll that came back at once with nothing new means a
// service without long polls, which must not be asked in a tight loop.
const pauseSeconds = 1;

interface Seen {
  readonly startedAtMs: number;
  readonly last: AuthWaiting;
}

/**
 * Ask for a transaction's status until it is final or the deadline is over. Each new status is
 * reported. A result of `waiting` says that the deadline came first: nobody has been let in.
 */
export const followTransaction = (
  txid: string,
  { deadlineSeconds, startedAtMs }: FollowOptions,
): Plan<AuthStatusReply> => {
  const poll = (secondsLeft: number, seen?: Seen): Plan<AuthStatusReply> => ({
    send: { ...authStatusRequest({ txid }), withinSeconds: secondsLeft },
    next: (reply) => read(reply, seen),
    // The deadline cut the poll short; the last known status is still the truth.
    otherwise: (error) => {
      if (error.kind === 'timeout' && seen !== undefined) {
        return done(seen.last);
      }
      throw error;
    },
  });

  const read = (reply: ApiReply, seen?: Seen): Plan<AuthStatusReply> => {
    const status = parseAuthStatusReply(reply);
    if (status.result !== 'waiting') {
      return done(status);
    }
    const since = seen?.startedAtMs ?? startedAtMs ?? reply.sentAtMs;
    const secondsLeft = deadlineSeconds - (reply.receivedAtMs - since) / 1000;
    if (secondsLeft <= 0) {
      return done(status);
    }
    const next = () => poll(secondsLeft, { startedAtMs: since, last: status });
    if (status.status !== seen?.last.status) {
      const { statusMessage } = status;
      return { report: { txid, status: status.status, statusMessage }, next };
    }
    const heldBack = reply.receivedAtMs - reply.sentAtMs >= pauseSeconds * 1000;
    return heldBack ? next() : { waitSeconds: pauseSeconds, next };
  };

  return poll(deadlineSeconds);
};
