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
  #sentAtMs: number | undefined;
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

  /** When what the call does now was sent, on a clock that is never set; `undefined` before that. */
  get sentAtMs(): number | undefined {
    return this.#sentAtMs;
  }

  /** What the call does now has been sent. */
  noteSent(): void {
    this.#sentAtMs = performance.now();
  }

  /** Stop this when the call ends; at once if it has. It takes the place of what was given before. */
  interrupt(stop: () => void): void {
    this.#interrupt = stop;
    this.#sentAtMs = undefined;
    if (this.#ended !== undefined) {
      stop();
    }
  }

  /** Interrupt what the call does, without ending the call. */
  stopForNow(): void {
    this.#interrupt?.();
  }

  /** The call is over: forget the timer and the signal, which may outlive a million calls. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#cancel);
    this.#interrupt = undefined;
  }

  #end(why: Ended): void {
    this.#ended ??= why;
    this.stopForNow();
  }
}

/** Any number of calls may share a signal. Node takes more than ten listeners for a leak and says so. */
export const allowManyListeners = (signal: AbortSignal): void => setMaxListeners(0, signal);

/** Gives the place back. */
export type Release = () => void;

/** A call in its place that can be asked to give it up for a while. */
interface Holder {
  readonly call: CallLimit;
  readonly yieldPlace: () => void;
}

// Long enough that a poll is worth its request, short enough that the next user is not kept waiting. It
// counts from the sending: on a machine that is too busy to connect within a turn, calls that gave up
// their places before they were sent would do nothing but connect.
const defaultTurnMs = 3_000;

/** A bounded number of places, given in the order of arrival, and in turn where calls can do so. */
export class Semaphore {
  #free: number;
  readonly #turnMs: number;
  // Sets keep the order of arrival, and let a call leave from the middle.
  readonly #waiting = new Set<() => void>();
  readonly #holders = new Set<Holder>();
  /** How many were asked to give up their place and have not done so yet. */
  #yielding = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param turnMs after so long, a call that can gives its place to one that waits. */
  constructor(places: number, turnMs = defaultTurnMs) {
    this.#free = places;
    this.#turnMs = turnMs;
  }

  /**
   * A place, once there is one; `undefined` when the call ends first.
   *
   * @param yieldPlace asks the call to release its place soon, and to acquire one again. Without it the
   * place is the call's for as long as it wants.
   */
  acquire(call: CallLimit, yieldPlace?: () => void): Promise<Release | undefined> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(this.#grant(call, yieldPlace));
    }
    return new Promise((resolve) => {
      const enter = () => resolve(this.#grant(call, yieldPlace));
      this.#waiting.add(enter);
      call.interrupt(() => {
        this.#waiting.delete(enter);
        this.#endTurns();
        resolve(undefined);
      });
      this.#endTurns();
    });
  }

  #grant(call: CallLimit, yieldPlace: (() => void) | undefined): Release {
    if (yieldPlace === undefined) {
      return this.#release;
    }
    const holder = { call, yieldPlace };
    this.#holders.add(holder);
    return () => {
      if (!this.#holders.delete(holder)) {
        this.#yielding -= 1;
      }
      this.#release();
    };
  }

  readonly #release = (): void => {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
    } else {
      this.#waiting.delete(next);
      next();
    }
    this.#endTurns();
  };

  /** Ask as many calls as others wait to give up their places: now or when their turn is over. */
  #endTurns(): void {
    clearTimeout(this.#timer);
    const nowMs = performance.now();
    let soonestMs = this.#turnMs;
    for (const holder of this.#holders) {
      if (this.#waiting.size <= this.#yielding) {
        return;
      }
      const leftMs = (holder.call.sentAtMs ?? nowMs) + this.#turnMs - nowMs;
      if (leftMs > 0) {
        soonestMs = Math.min(soonestMs, leftMs);
      } else {
        this.#holders.delete(holder);
        this.#yielding += 1;
        holder.yieldPlace();
      }
    }
    if (this.#waiting.size > this.#yielding && this.#holders.size > 0) {
      this.#timer = setTimeout(() => this.#endTurns(), soonestMs);
    }
  }
}
