/**
 * Where challenges, sessions and counters live. Texts with a lifetime, and the few atomic steps that
 * make a challenge good for one session even when a hundred requests race for it.
 */
export interface Store {
  /** True when several gateways share it, so that others may change what this one reads. */
  readonly shared: boolean;
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, lifetimeMs: number): Promise<void>;
  /** Set only what is not there yet. True when it was set. */
  add(key: string, value: string, lifetimeMs: number): Promise<boolean>;
  /** Set only if the value is still this one. */
  replace(key: string, expected: string, value: string, lifetimeMs: number): Promise<boolean>;
  /** Delete only if the value is still this one. Of many callers exactly one gets true. */
  takeIf(key: string, expected: string): Promise<boolean>;
  delete(key: string): Promise<void>;
  /**
   * Add to a counter, which lives from its first use on.
   *
   * @returns the new count; `Infinity` when what is stored is no count, so that it reads as spent.
   */
  count(key: string, by: 1 | -1, lifetimeMs: number): Promise<number>;
  /** The keys with a prefix. Slow; for listings. */
  keys(prefix: string): Promise<readonly string[]>;
  /** Rejects when the store cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  readonly value: string;
  readonly expiresAtMs: number;
}

// Far more than a gateway in memory ever needs; it bounds what a flood can make it hold.
const entryLimit = 200_000;

/** A store in this process. It is empty after a restart, and no second gateway sees it. */
export const createMemoryStore = (now: () => number = Date.now): Store => {
  const entries = new Map<string, Entry>();

  const read = (key: string): string | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAtMs <= now()) {
      entries.delete(key);
      return undefined;
    }
    return entry.value;
  };

  const sweep = (): void => {
    for (const [key, { expiresAtMs }] of entries) {
      if (expiresAtMs <= now()) {
        entries.delete(key);
      }
    }
  };

  const write = (key: string, value: string, expiresAtMs: number): void => {
    if (entries.size >= entryLimit && !entries.has(key)) {
      sweep();
      if (entries.size >= entryLimit) {
        throw new Error('The store in memory is full.');
      }
    }
    entries.set(key, { value, expiresAtMs });
  };

  const sweeper = setInterval(sweep, 60_000);
  sweeper.unref();

  return {
    shared: false,
    get: async (key) => read(key),
    set: async (key, value, lifetimeMs) => write(key, value, now() + lifetimeMs),
    add: async (key, value, lifetimeMs) => {
      if (read(key) !== undefined) {
        return false;
      }
      write(key, value, now() + lifetimeMs);
      return true;
    },
    replace: async (key, expected, value, lifetimeMs) => {
      if (read(key) !== expected) {
        return false;
      }
      write(key, value, now() + lifetimeMs);
      return true;
    },
    takeIf: async (key, expected) => read(key) === expected && entries.delete(key),
    delete: async (key) => {
      entries.delete(key);
    },
    count: async (key, by, lifetimeMs) => {
      const before = read(key);
      const counted = before === undefined ? 0 : Number.parseInt(before, 10);
      if (Number.isNaN(counted)) {
        return Number.POSITIVE_INFINITY;
      }
      const after = Math.max(0, counted + by);
      write(key, String(after), entries.get(key)?.expiresAtMs ?? now() + lifetimeMs);
      return after;
    },
    keys: async (prefix) =>
      [...entries.keys()].filter((key) => key.startsWith(prefix) && read(key) !== undefined),
    check: async () => undefined,
    close: async () => {
      clearInterval(sweeper);
      entries.clear();
    },
  };
};
