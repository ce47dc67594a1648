import { isIPv6 } from 'node:net';
import type { Store } from '../store/store.ts';
import { digestOf } from '../store/token.ts';
import { countedName } from './names.ts';

/** How many failures are allowed, and for how long they count. */
export interface BudgetLimits {
  readonly failuresPerUser: number;
  readonly failuresPerAddress: number;
  /** Logins that the failmode lets in while Duo is away, of all users together. */
  readonly failmodeGrants: number;
  readonly windowMs: number;
}

/** Who is charged. */
export interface Charged {
  readonly username: string;
  readonly address: string;
}

/** Failures by user and by address, of passwords and codes alike. */
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
  /** Do two names from one address share a budget? */
  isSame(one: Charged, other: Charged): boolean;
  /** Forget the failures of a user. */
  forgive(username: string): Promise<void>;
  /** Duo or the user said no; an outage must not undo it. */
  rememberDeny(username: string): Promise<void>;
  wasDenied(username: string): Promise<boolean>;
  /** May the failmode let one more login in? Counts it. */
  takeFailmodeGrant(): Promise<boolean>;
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const expand = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right];
};

/**
 * What an address is counted under: an IPv4 address itself, an IPv6 address by its /64, which is what
 * one customer gets and could otherwise use up address by address.
 */
export const addressKey = (address: string): string => {
  const plain = mapped.exec(address)?.[1] ?? address;
  if (!isIPv6(plain)) {
    return plain;
  }
  const groups = expand(plain.split('%')[0] ?? plain).slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

// Names are hashed: they may hold anything, and a list of keys should not be a list of users.
const userKey = (username: string): string => digestOf(countedName(username));

/**
 * Budgets in a store. A counter that cannot be read counts as spent.
 *
 * @param safeAccounts are counted by address alone, so that failures from elsewhere cannot lock them out.
 */
export const createBudgets = (
  store: Store,
  limits: BudgetLimits,
  safeAccounts: readonly string[] = [],
): Budgets => {
  const { failuresPerUser, failuresPerAddress, failmodeGrants, windowMs } = limits;

  const keysOf = ({ username, address }: Charged) => {
    const from = addressKey(address);
    const user = safeAccounts.includes(username)
      ? `failures:safe:${digestOf(username)}:${from}`
      : `failures:user:${userKey(username)}`;
    return [
      { key: user, limit: failuresPerUser },
      { key: `failures:address:${from}`, limit: failuresPerAddress },
    ];
  };

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
    isSame: (one, other) => keysOf(one)[0]?.key === keysOf(other)[0]?.key,
    forgive: (username) => store.delete(`failures:user:${userKey(username)}`),
    rememberDeny: (username) => store.set(`denied:${userKey(username)}`, '1', windowMs),
    wasDenied: async (username) => (await store.get(`denied:${userKey(username)}`)) !== undefined,
    takeFailmodeGrant: async () => (await store.count('failmode', 1, windowMs)) <= failmodeGrants,
  };
};
