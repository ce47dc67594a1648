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
