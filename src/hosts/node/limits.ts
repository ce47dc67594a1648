import { setMaxListeners } from 'node:events';

/** What ended a call before its response was there. */
export type Ended = 'cancelled' | 'timeout';

/**
 * Bounds a call: by its time-out, which counts from here to the last byte of the response (the
 * time-out of a socket starts anew with each byte that drips in), and by the caller's signal. A call
 * does one thing at a time, so there is one thing to interrupt.
 */
export class CallLimit {
  #ended: Ended | undefined;
  #interrupt: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  readonly #cancel = () => this.#end('cancelled');

  constructor(timeoutMs: number, signal?: AbortSignal) {
    this.#timer = setTimeout(() => this.#end('timeout'), timeoutMs);
    this.#signal = signal;
    if (signal?.aborted) {
      this.#cancel();
    } else if (signal) {
      allowManyListeners(signal);
      signal.addEventListener('abort', this.#cancel, { once: true });
    }
  }

  /** What ended the call; `undefined` while it goes on. */
  get ended(): Ended | undefined {
    return this.#ended;
  }

  /** Stop this when the call ends; at once if it has. It takes the place of what was given before. */
  interrupt(stop: () => void): void {
    this.#interrupt = stop;
    if (this.#ended !== undefined) {
      stop();
    }
  }

  /** The call is over: forget the timer and the signal, which may outlive a million calls. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#cancel);
    this.#interrupt = undefined;
  }

  #end(why: Ended): void {
    this.#ended ??= why;
    this.#interrupt?.();
  }
}

/** Any number of calls may share a signal. Node takes more than ten listeners for a leak and says so. */
export const allowManyListeners = (signal: AbortSignal): void => setMaxListeners(0, signal);

/** Gives the place back. */
export type Release = () => void;

/** A bounded number of places, given in the order of arrival. */
export class Semaphore {
  #free: number;
  // A set keeps the order of arrival, and lets a call leave from the middle.
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** A place, once there is one; `undefined` when the call ends first. */
  acquire(call: CallLimit): Promise<Release | undefined> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(this.#release);
    }
    return new Promise((resolve) => {
      const enter = () => resolve(this.#release);
      this.#waiting.add(enter);
      call.interrupt(() => {
        this.#waiting.delete(enter);
        resolve(undefined);
      });
    });
  }

  readonly #release = (): void => {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
    } else {
      this.#waiting.delete(next);
      next();
    }
  };
}
