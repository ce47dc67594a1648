/** Lets a bounded number of calls through at a time; the others wait their turn. */
export interface Gate {
  /** Resolves when it is this call's turn, with how to leave. Rejects when the signal fires first. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export const createGate = (places: number): Gate => {
  let free = places;
  // A set keeps the order of arrival, and lets somebody leave from the middle.
  const waiting = new Set<() => void>();

  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
    } else {
      waiting.delete(next);
      next();
    }
  };

  const enter = (signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
      } else if (free > 0) {
        free -= 1;
        resolve(leave);
      } else {
        const giveUp = () => {
          waiting.delete(go);
          reject(signal.reason);
        };
        const go = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(leave);
        };
        waiting.add(go);
        signal.addEventListener('abort', giveUp, { once: true });
      }
    });

  return { enter };
};
