import { onAbort } from './on-abort.ts';

/** What ended a call before its reply was there. */
export type Ended = 'cancelled' | 'timeout';

/** A call that ends by itself: when its time is over, or when the caller says so. */
export interface LimitedCall {
  /** Fires in either case. */
  readonly signal: AbortSignal;
  readonly ended: () => Ended | undefined;
  /** Forget the caller's signal and the timer. A signal may outlive a million calls. */
  readonly release: () => void;
}

/**
 * Bound a call. The time counts from here to the last byte of the reply, whatever happens in between:
 * the time-out of a socket starts anew with each byte that drips in.
 */
export const limitCall = (timeoutMs: number, caller: AbortSignal | undefined): LimitedCall => {
  const controller = new AbortController();
  let ended: Ended | undefined;
  const end = (why: Ended) => () => {
    ended ??= why;
    controller.abort();
  };
  const timer = setTimeout(end('timeout'), timeoutMs);
  const forget = caller && onAbort(caller, end('cancelled'));
  return {
    signal: controller.signal,
    ended: () => ended,
    release: () => {
      clearTimeout(timer);
      forget?.();
    },
  };
};
