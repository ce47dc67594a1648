import type { NetworkError } from './errors/network-error.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

/** Where a transaction stands, told while a plan goes on. */
export interface Progress {
  readonly txid: string;
  /** Duo's machine-readable status, such as `pushed` or `calling`. */
  readonly status: string;
  /** Duo's words for a person, sanitized. */
  readonly statusMessage: string;
}

/**
 * Work that needs replies, without doing any I/O: each step asks for one thing and says what follows.
 * XSOAR's engine runs a plan synchronously, Node asynchronously; a test runs it without a socket.
 */
export type Plan<T> =
  | { readonly done: T }
  | {
      readonly send: ApiRequest;
      readonly next: (reply: ApiResponse) => Plan<T>;
      /** What follows when no reply came. Without it the driver throws the error. */
      readonly onFailure?: (error: NetworkError) => Plan<T>;
    }
  | { readonly waitSeconds: number; readonly next: () => Plan<T> }
  | { readonly report: Progress; readonly next: () => Plan<T> };

/** A plan that has its result already. */
export const done = <T>(result: T): Plan<T> => ({ done: result });

/** Send one request and read its reply. */
export const ask = <T>(request: ApiRequest, read: (reply: ApiResponse) => T): Plan<T> => ({
  send: request,
  next: (reply) => done(read(reply)),
});

/** Go on with another plan once this one has its result. */
export const chain = <A, B>(plan: Plan<A>, then: (result: A) => Plan<B>): Plan<B> => {
  if ('done' in plan) {
    return then(plan.done);
  }
  if ('send' in plan) {
    const { send, next, onFailure } = plan;
    return {
      send,
      next: (reply) => chain(next(reply), then),
      ...(onFailure && { onFailure: (error: NetworkError) => chain(onFailure(error), then) }),
    };
  }
  return { ...plan, next: () => chain(plan.next(), then) };
};

/** Turn a plan's result into another. */
export const map = <A, B>(plan: Plan<A>, change: (result: A) => B): Plan<B> =>
  chain(plan, (result) => done(change(result)));
