import { ExpiringMap } from './expiring-map.ts';

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
