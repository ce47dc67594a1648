import axios from 'axios';
import { createSessions, type ListedSession } from './sessions.ts';
import type { LoginSettings } from './settings/types.ts';
import { openStore } from './store/open-store.ts';

/** Looks at the sessions of a gateway that runs, from another process. */
export interface SessionAdmin {
  list(): Promise<readonly ListedSession[]>;
  /** @returns how many were ended. */
  endNamed(name: string): Promise<number>;
  endAllOf(username: string): Promise<number>;
  close(): Promise<void>;
}

/** The sessions can be reached neither in Redis nor over a control socket. */
export class SessionsOutOfReachError extends Error {
  override readonly name = 'SessionsOutOfReachError';
}

const overRedis = async (settings: LoginSettings): Promise<SessionAdmin> => {
  const store = await openStore(settings.session, Date.now, () => undefined);
  const sessions = createSessions(store, settings.session, Date.now);
  return {
    list: sessions.list,
    endNamed: async (name) => Number(await sessions.endNamed(name)),
    endAllOf: sessions.endAllOf,
    close: store.close,
  };
};

const overSocket = (socketPath: string): SessionAdmin => {
  const ask = async <T>(method: 'GET' | 'DELETE', params: Record<string, string>): Promise<T> => {
    const url = 'http://control/sessions';
    const reply = await axios
      .request<T>({ socketPath, url, method, params, proxy: false, timeout: 5_000 })
      .catch((error: { code?: string }) => {
        throw new SessionsOutOfReachError(
          `The gateway does not answer at its control socket (${error.code ?? 'unknown'}).`,
        );
      });
    return reply.data;
  };
  const end = async (params: Record<string, string>): Promise<number> =>
    (await ask<{ ended: number }>('DELETE', params)).ended;
  return {
    list: () => ask('GET', {}),
    endNamed: (name) => end({ name }),
    endAllOf: (user) => end({ user }),
    close: async () => undefined,
  };
};

/**
 * Reach the sessions of the gateway with these settings.
 *
 * @throws {@link SessionsOutOfReachError} when they are in memory and no control socket is set.
 */
export const openSessionAdmin = async (settings: LoginSettings): Promise<SessionAdmin> => {
  if (settings.session.redisUrl !== undefined) {
    return overRedis(settings);
  }
  if (settings.controlSocket === undefined) {
    throw new SessionsOutOfReachError(
      'Sessions are in the memory of the gateway: set control_socket to reach them from here.',
    );
  }
  return overSocket(settings.controlSocket);
};
