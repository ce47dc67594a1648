interface Entry<T> {
  readonly value: T;
  readonly expiresAtMs: number;
}

/** Values that expire. Beyond the limit the oldest goes, which bounds the memory. */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  set(key: string, value: T, expiresAtMs: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#limit && !oldest.done) {
      this.#entries.delete(oldest.value);
    }
  }

  get(key: string, nowMs: number): T | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAtMs > nowMs ? entry.value : undefined;
  }

  /** Gets and deletes a value that is valid once. */
  take(key: string, nowMs: number): T | undefined {
    const value = this.get(key, nowMs);
    this.#entries.delete(key);
    return value;
  }

  /** Those that have not expired, oldest first. */
  values(nowMs: number): T[] {
    return [...this.#entries.values()]
      .filter(({ expiresAtMs }) => expiresAtMs > nowMs)
      .map(({ value }) => value);
  }

  clear(): void {
    this.#entries.clear();
  }
}

const windowMs = 60_000;
const rememberedKeys = 10_000;

interface Window {
  readonly endMs: number;
  count: number;
}

/** Counts events by key, a minute at a time. */
export class RateLimiter {
  readonly #windows = new ExpiringMap<Window>(rememberedKeys);

  /**
   * Counts one event.
   *
   * @returns seconds to wait when that was one too many, else `undefined`. A limit of 0 is none.
   */
  count(key: string, limit: number, nowMs: number): number | undefined {
    if (limit === 0) {
      return undefined;
    }
    const window = this.#windows.get(key, nowMs);
    if (!window) {
      const endMs = nowMs + windowMs;
      this.#windows.set(key, { endMs, count: 1 }, endMs);
      return undefined;
    }
    window.count += 1;
    return window.count <= limit ? undefined : Math.ceil((window.endMs - nowMs) / 1000);
  }

  clear(): void {
    this.#windows.clear();
  }
}
