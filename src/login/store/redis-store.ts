import type { LoginSettings } from '../settings/settings.ts';
import { createMemoryStore, type Store } from './store.ts';

/** Where Redis is. The URL may hold a password: never log it. */
export interface RedisStoreOptions {
  readonly url: string;
  /** Put before every key; `xsoar-duo:` by default. */
  readonly prefix?: string | undefined;
  /** Called for each connection error, which ioredis then repairs by itself. */
  readonly onError?: ((error: Error) => void) | undefined;
}

const replaceScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

const takeScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('del', KEYS[1])`;

// The lifetime is set with the first count alone, so that going on does not prolong a window.
const countScript = `
local before = redis.call('get', KEYS[1])
if not before then
  redis.call('set', KEYS[1], 0, 'PX', ARGV[2])
  before = '0'
end
if not tonumber(before) then return -1 end
if tonumber(before) + tonumber(ARGV[1]) < 0 then return 0 end
return redis.call('incrby', KEYS[1], ARGV[1])`;

// A login must not hang on a store that is away: it fails, and fails closed.
const commandTimeoutMs = 3_000;

/** A store in Redis 6.2 or later, shared by several gateways. */
export const createRedisStore = async (options: RedisStoreOptions): Promise<Store> => {
  const { Redis } = await import('ioredis');
  const { url, prefix = 'xsoar-duo:' } = options;
  const redis = new Redis(url, {
    keyPrefix: prefix,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  });
  redis.on('error', (error: Error) => options.onError?.(error));

  const run = (script: string, key: string, ...args: (string | number)[]): Promise<unknown> =>
    redis.eval(script, 1, key, ...args);

  return {
    shared: true,
    get: async (key) => (await redis.get(key)) ?? undefined,
    set: async (key, value, lifetimeMs) => {
      await redis.set(key, value, 'PX', lifetimeMs);
    },
    add: async (key, value, lifetimeMs) =>
      (await redis.set(key, value, 'PX', lifetimeMs, 'NX')) === 'OK',
    replace: async (key, expected, value, lifetimeMs) =>
      (await run(replaceScript, key, expected, value, lifetimeMs)) === 1,
    takeIf: async (key, expected) => (await run(takeScript, key, expected)) === 1,
    delete: async (key) => {
      await redis.del(key);
    },
    count: async (key, by, lifetimeMs) => {
      const counted = await run(countScript, key, by, lifetimeMs);
      return typeof counted === 'number' && counted >= 0 ? counted : Number.POSITIVE_INFINITY;
    },
    keys: async (start) => {
      const found: string[] = [];
      const stream = redis.scanStream({ match: `${prefix}${start}*`, count: 500 });
      for await (const batch of stream) {
        found.push(...(batch as string[]).map((key) => key.slice(prefix.length)));
      }
      return [...new Set(found)];
    },
    check: async () => {
      await redis.ping();
    },
    close: async () => {
      redis.disconnect();
    },
  };
};

/** The store that the settings name: in this process, or in Redis. */
export const openStore = async (
  { redisUrl }: LoginSettings['session'],
  now: () => number,
  onWarning: (message: string) => void,
): Promise<Store> =>
  redisUrl === undefined
    ? createMemoryStore(now)
    : createRedisStore({
        url: redisUrl,
        onError: ({ message }) => onWarning(`The session store: ${message}`),
      });
