/** Told each time a login has changed. */
export type Listener = () => void;

/** Who wants to know about which login, in this process. */
export interface Listeners {
  /** @returns how to stop listening. */
  add(id: string, listener: Listener): () => void;
  tell(id: string): void;
  count(id: string): number;
}

export const createListeners = (): Listeners => {
  const byId = new Map<string, Set<Listener>>();
  return {
    add: (id, listener) => {
      const listeners = byId.get(id) ?? new Set();
      byId.set(id, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          byId.delete(id);
        }
      };
    },
    tell: (id) => {
      for (const listener of byId.get(id) ?? []) {
        listener();
      }
    },
    count: (id) => byId.get(id)?.size ?? 0,
  };
};
