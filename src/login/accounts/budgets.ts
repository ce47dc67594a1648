import type { Store } from '../store/store.ts';
import { digestOf } from '../store/token.ts';
import { addressKey } from './address-key.ts';
import { normalizeUsername } from './normalize-username.ts';

/** How many failures are borne, and for how long they count. */
export interface BudgetLimits {
  readonly failuresPerUser: number;
  readonly failuresPerAddress: number;
  readonly windowMs: number;
}

/** Who is charged. */
export interface Charged {
  readonly username: string;
  readonly address: string;
}

/** Failures by user and by address, of passwords and of Duo alike. */
export interface Budgets {
  /**
   * Charge a failure before it is known to be one; {@link refund} it when it was none. So a hundred
   * guesses at once are a hundred charges.
   *
   * @returns whether the attempt may go on.
   */
  charge(who: Charged): Promise<boolean>;
  refund(who: Charged): Promise<void>;
  isSpent(who: Charged): Promise<boolean>;
  /** Duo or the user said no; an outage must not undo it. */
  rememberDeny(username: string): Promise<void>;
  wasDenied(username: string): Promise<boolean>;
}

// Names are hashed: they may hold anything, and a list of keys should not be a list of users.
const userKey = (username: string): string => digestOf(normalizeUsername(username));

/** Budgets in a store. A counter that cannot be read counts as spent. */
export const createBudgets = (store: Store, limits: BudgetLimits): Budgets => {
  const { failuresPerUser, failuresPerAddress, windowMs } = limits;
  const keysOf = ({ username, address }: Charged) => [
    { key: `failures:user:${userKey(username)}`, limit: failuresPerUser },
    { key: `failures:address:${addressKey(address)}`, limit: failuresPerAddress },
  ];
  return {
    charge: async (who) => {
      const counted = await Promise.all(
        keysOf(who).map(async ({ key, limit }) => (await store.count(key, 1, windowMs)) <= limit),
      );
      return counted.every(Boolean);
    },
    refund: async (who) => {
      await Promise.all(keysOf(who).map(({ key }) => store.count(key, -1, windowMs)));
    },
    isSpent: async (who) => {
      const counted = await Promise.all(
        keysOf(who).map(async ({ key, limit }) => {
          const value = await store.get(key);
          // Written this way round, what is not a number is spent.
          return value !== undefined && !(Number(value) < limit);
        }),
      );
      return counted.some(Boolean);
    },
    rememberDeny: (username) => store.set(`denied:${userKey(username)}`, '1', windowMs),
    wasDenied: async (username) => (await store.get(`denied:${userKey(username)}`)) !== undefined,
  };
};
