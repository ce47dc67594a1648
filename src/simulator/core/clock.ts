/** Cancels a timer. Calling it twice does nothing. */
export type Cancel = () => void;

/** The only source of time in the simulator, so that a test advances it instead of sleeping. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once, as soon as the clock reads `timeMs` or later. */
  at(timeMs: number, task: () => void): Cancel;
  /** Moves the clock forward and runs due timers in the order of their time. */
  advance(seconds: number): void;
  /** Drops every timer. */
  stop(): void;
}

interface Timer {
  readonly timeMs: number;
  readonly task: () => void;
}

/** Timers in the order of their time; equal times keep the order of setting. */
class TimerQueue {
  readonly #timers: Timer[] = [];

  add(timer: Timer): void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle]?.timeMs ?? 0) <= timer.timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.#timers.splice(low, 0, timer);
  }

  remove(timer: Timer): void {
    const index = this.#timers.indexOf(timer);
    if (index !== -1) {
      this.#timers.splice(index, 1);
    }
  }

  nextMs(): number | undefined {
    return this.#timers[0]?.timeMs;
  }

  takeDue(nowMs: number): Timer | undefined {
    const first = this.#timers[0];
    return first && first.timeMs <= nowMs ? this.#timers.shift() : undefined;
  }

  clear(): void {
    this.#timers.length = 0;
  }
}

/**
 * A clock that only `advance` moves.
 *
 * @param startMs - milliseconds since 1970; now by default, so that the date of a client with a
 *   real clock is accepted.
 */
export const createManualClock = (startMs: number = Date.now()): SimulatorClock => {
  const queue = new TimerQueue();
  let nowMs = startMs;
  return {
    now: () => nowMs,
    at(timeMs, task) {
      const timer = { timeMs, task };
      queue.add(timer);
      return () => queue.remove(timer);
    },
    advance(seconds) {
      const targetMs = nowMs + seconds * 1000;
      for (let timer = queue.takeDue(targetMs); timer; timer = queue.takeDue(targetMs)) {
        nowMs = Math.max(nowMs, timer.timeMs);
        timer.task();
      }
      nowMs = targetMs;
    },
    stop: () => queue.clear(),
  };
};

// Node fires longer delays at once, so a distant timer is set in several steps.
const longestDelayMs = 2 ** 31 - 1;

/** The machine's clock; `advance` adds to it. One real timer serves all that are set. */
export const createSystemClock = (): SimulatorClock => {
  const queue = new TimerQueue();
  let offsetMs = 0;
  let armed: NodeJS.Timeout | undefined;
  const now = () => Date.now() + offsetMs;

  const arm = () => {
    clearTimeout(armed);
    const nextMs = queue.nextMs();
    if (nextMs === undefined) {
      return;
    }
    armed = setTimeout(runDue, Math.min(Math.max(nextMs - now(), 0), longestDelayMs));
    armed.unref();
  };

  const runDue = () => {
    for (let timer = queue.takeDue(now()); timer; timer = queue.takeDue(now())) {
      timer.task();
    }
    arm();
  };

  return {
    now,
    at(timeMs, task) {
      const timer = { timeMs, task };
      queue.add(timer);
      if (queue.nextMs() === timeMs) {
        arm();
      }
      return () => queue.remove(timer);
    },
    advance(seconds) {
      offsetMs += seconds * 1000;
      runDue();
    },
    stop() {
      clearTimeout(armed);
      queue.clear();
    },
  };
};
