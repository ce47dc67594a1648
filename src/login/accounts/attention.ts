import type { Withheld } from '../flow/state.ts';
import type { Store } from '../store/store.ts';
import { digestOf } from '../store/token.ts';
import { countedName } from './names.ts';

/** How much of a user's attention logins may use. */
export interface AttentionLimits {
  /** Pushes, calls and messages that were not approved, over all logins, in one window. */
  readonly unapprovedPerUser: number;
  readonly windowMs: number;
  /** A push or call that has no answer after this is over. */
  readonly pendingMs: number;
  /** After a fraud report nothing reaches the user for this long; without it, until {@link Attention.unlock}. */
  readonly fraudLockMs?: number | undefined;
}

/** How something that was sent to a user ended. */
export type Ending = 'approved' | 'not-approved' | 'fraud';

/** Rations what reaches a user, over all logins and all gateways that share a store. */
export interface Attention {
  /**
   * Reserve one push, call or message before Duo is asked for it. One may be pending at a time.
   *
   * @param owner names what is sent, for {@link release} and {@link settle}.
   * @returns why it must not be sent, or nothing.
   */
  reserve(username: string, owner: string): Promise<Withheld | undefined>;
  /** Nothing was sent. */
  release(username: string, owner: string): Promise<void>;
  /** @returns false when it was settled before. */
  settle(username: string, owner: string, ending: Ending): Promise<boolean>;
  /** The user has proven to be there, by an approval or a code. */
  approve(username: string): Promise<void>;
  /** End the lock after a fraud report, and begin to count anew. @returns whether there was a lock. */
  unlock(username: string): Promise<boolean>;
}

// A lock that only an administrator ends still needs a lifetime in the store.
const foreverMs = 100 * 365 * 86_400_000;

export const createAttention = (store: Store, limits: AttentionLimits): Attention => {
  const { unapprovedPerUser, windowMs, pendingMs, fraudLockMs = foreverMs } = limits;
  const keys = (username: string) => {
    const user = digestOf(countedName(username));
    return { pending: `pending:${user}`, sent: `unapproved:${user}`, fraud: `fraud:${user}` };
  };

  const approve: Attention['approve'] = (username) => store.delete(keys(username).sent);

  return {
    reserve: async (username, owner) => {
      const { pending, sent, fraud } = keys(username);
      if ((await store.get(fraud)) !== undefined) {
        return 'after-fraud';
      }
      if (!(await store.add(pending, owner, pendingMs))) {
        return 'already-pending';
      }
      if ((await store.count(sent, 1, windowMs)) > unapprovedPerUser) {
        await Promise.all([store.count(sent, -1, windowMs), store.takeIf(pending, owner)]);
        return 'too-many';
      }
      return undefined;
    },
    release: async (username, owner) => {
      const { pending, sent } = keys(username);
      await Promise.all([store.takeIf(pending, owner), store.count(sent, -1, windowMs)]);
    },
    settle: async (username, owner, ending) => {
      const { pending, fraud } = keys(username);
      if (ending === 'fraud') {
        await store.set(fraud, '1', fraudLockMs);
      }
      if (ending === 'approved') {
        await approve(username);
      }
      return store.takeIf(pending, owner);
    },
    approve,
    unlock: async (username) => {
      const { sent, fraud } = keys(username);
      const wasLocked = (await store.get(fraud)) !== undefined;
      await Promise.all([store.delete(fraud), store.delete(sent)]);
      return wasLocked;
    },
  };
};
