const windowMs = 60_000;

/** Counts events by key, a minute at a time. */
export class RateLimiter {
  readonly #windows = new Map<string, { startMs: number; count: number }>();

  /**
   * Counts one event.
   *
   * @returns seconds to wait when that was one too many, else `undefined`. A limit of 0 is none.
   */
  count(key: string, limit: number, nowMs: number): number | undefined {
    if (limit === 0) return undefined;
    const window = this.#windows.get(key);
    if (!window || nowMs >= window.startMs + windowMs) {
      this.#windows.set(key, { startMs: nowMs, count: 1 });
      return undefined;
    }
    window.count += 1;
    if (window.count <= limit) return undefined;
    return Math.ceil((window.startMs + windowMs - nowMs) / 1000);
  }

  clear(): void {
    this.#windows.clear();
  }
}
