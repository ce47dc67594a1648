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

/** A step that lets time pass. */
export interface WaitStep<T> {
  readonly waitSeconds: number;
  readonly next: () => Plan<T>;
  /** What follows on a host that cannot wait. Without it the plan goes on at once. */
  readonly onFailure?: (() => Plan<T>) | undefined;
}

/**
 * Work that needs responses, without doing any I/O: each step asks for one thing and says what
 * follows. XSOAR's engine runs a plan synchronously, Node asynchronously; a test runs it without a
 * socket.
 */
export type Plan<T> = { readonly done: T } | SendStep<T> | LocalStep<T>;

/** A step that asks nothing of Duo. */
export type LocalStep<T> =
  | WaitStep<T>
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

/** The same step, with a change to all that follows it. */
export const changeWhatFollows = <A, B>(
  step: LocalStep<A>,
  change: (plan: Plan<A>) => Plan<B>,
): Plan<B> => {
  if ('readClock' in step) {
    return { readClock: (elapsedMs) => change(step.readClock(elapsedMs)) };
  }
  if ('report' in step) {
    return { report: step.report, next: () => change(step.next()) };
  }
  const { waitSeconds, next, onFailure } = step;
  return {
    waitSeconds,
    next: () => change(next()),
    onFailure: onFailure && (() => change(onFailure())),
  };
};

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
  return changeWhatFollows(plan, (rest) => chain(rest, then));
};

/** Turn a plan's result into another. */
export const map = <A, B>(plan: Plan<A>, change: (result: A) => B): Plan<B> =>
  chain(plan, (result) => done(change(result)));
