import type { NetworkError } from './errors/network-error.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

/** Where a transaction is, reported while a plan goes on. */
export interface Progress {
  readonly txid: string;
  /** Duo's machine-readable status, such as `pushed` or `calling`. */
  readonly status: string;
  /** Duo's words for a person, sanitized. */
  readonly statusMessage: string;
}

/** A step that sends one request. */
export interface SendStep<T> {
  readonly send: ApiRequest;
  readonly next: (response: ApiResponse) => Plan<T>;
  /** What follows when no response came. Without it the driver throws the error. */
  readonly onFailure?: ((error: NetworkError) => Plan<T>) | undefined;
}

/**
 * Work that needs responses, without doing any I/O: each step asks for one thing and says what
 * follows. XSOAR's engine runs a plan synchronously, Node asynchronously; a test runs it without a
 * socket.
 */
export type Plan<T> =
  | { readonly done: T }
  | SendStep<T>
  | { readonly waitSeconds: number; readonly next: () => Plan<T> }
  | { readonly report: Progress; readonly next: () => Plan<T> }
  /** Asks for the time: milliseconds since any fixed moment, on a clock that is never set. */
  | { readonly readClock: (elapsedMs: number) => Plan<T> };

/** A plan that has its result already. */
export const done = <T>(result: T): Plan<T> => ({ done: result });

/** Send one request and read its response. */
export const ask = <T>(request: ApiRequest, read: (response: ApiResponse) => T): Plan<T> => ({
  send: request,
  next: (response) => done(read(response)),
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
      next: (response) => chain(next(response), then),
      onFailure: onFailure && ((error) => chain(onFailure(error), then)),
    };
  }
  if ('readClock' in plan) {
    return { readClock: (elapsedMs) => chain(plan.readClock(elapsedMs), then) };
  }
  return { ...plan, next: () => chain(plan.next(), then) };
};

/** Turn a plan's result into another. */
export const map = <A, B>(plan: Plan<A>, change: (result: A) => B): Plan<B> =>
  chain(plan, (result) => done(change(result)));
