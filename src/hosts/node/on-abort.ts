interface Shared {
  readonly acts: Set<() => void>;
  readonly listener: () => void;
}

const shared = new WeakMap<AbortSignal, Shared>();

const share = (signal: AbortSignal): Shared => {
  const acts = new Set<() => void>();
  const listener = () => {
    for (const act of acts) {
      act();
    }
  };
  signal.addEventListener('abort', listener, { once: true });
  return { acts, listener };
};

/**
 * Do something when a signal fires, at once if it has. However many calls wait for one signal, it has
 * one listener: Node takes more than ten for a leak, and says so on the terminal.
 *
 * @returns how to be left alone.
 */
export const onAbort = (signal: AbortSignal, act: () => void): (() => void) => {
  if (signal.aborted) {
    act();
    return () => undefined;
  }
  const { acts, listener } = shared.get(signal) ?? share(signal);
  shared.set(signal, { acts, listener });
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size === 0) {
      signal.removeEventListener('abort', listener);
      shared.delete(signal);
    }
  };
};
