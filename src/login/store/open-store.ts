import type { LoginSettings } from '../settings/settings.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import type { Store } from './store.ts';

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
