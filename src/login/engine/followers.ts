import type { FlowState } from '../flow/state.ts';

/** Work that goes on in the background for a login. */
export type Follow = (signal: AbortSignal) => Promise<void>;

/** The transactions that this gateway follows, one a login. */
export interface Followers {
  /** Follow a transaction, unless that is being done. */
  start(id: string, txid: string, follow: Follow): void;
  /** Stop following what the state no longer waits for. */
  keepOnly(id: string, state: FlowState | undefined): void;
  readonly count: () => number;
  /** Stop all of it without telling anybody a result. */
  stop(): void;
}

interface Running {
  readonly txid: string;
  readonly abort: AbortController;
}

/** The transaction that a state waits for. */
export const pendingTxid = (state: FlowState | undefined): string | undefined =>
  state !== undefined && 'pending' in state ? state.pending.txid : undefined;

export const createFollowers = (): Followers => {
  const running = new Map<string, Running>();
  let stopped = false;

  const end = (id: string): void => {
    running.get(id)?.abort.abort();
    running.delete(id);
  };

  return {
    start: (id, txid, follow) => {
      if (stopped || running.get(id)?.txid === txid) {
        return;
      }
      end(id);
      const mine: Running = { txid, abort: new AbortController() };
      running.set(id, mine);
      follow(mine.abort.signal)
        // The store is away: the login stays as it is, and whoever is asked next follows on.
        .catch(() => undefined)
        .finally(() => {
          if (running.get(id) === mine) {
            running.delete(id);
          }
        });
    },
    keepOnly: (id, state) => {
      if (running.has(id) && running.get(id)?.txid !== pendingTxid(state)) {
        end(id);
      }
    },
    count: () => running.size,
    stop: () => {
      stopped = true;
      for (const id of running.keys()) {
        end(id);
      }
    },
  };
};
