import { appendFileSync } from 'node:fs';
import axios from 'axios';
import { createAttention } from '../accounts/attention.ts';
import { createBudgets } from '../accounts/budgets.ts';
import { createSessions, type ListedSession, type Sessions } from '../sessions.ts';
import type { LoginSettings } from '../settings/settings.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { type AuditLog, createAuditLog } from '../watch/audit-log.ts';

/** What an administrator may do to sessions and users. */
export interface SessionAdmin {
  /** Who is signed in. */
  list(): Promise<readonly ListedSession[]>;
  /** End the session with this name. @returns how many were ended. */
  endNamed(name: string): Promise<number>;
  /** End all sessions of a user. @returns how many were ended. */
  endAllOf(username: string): Promise<number>;
  /**
   * Let Duo reach a user again after a report of fraud, and forget the user's failures.
   *
   * @returns 1 when the user was locked, else 0.
   */
  unlock(username: string): Promise<number>;
}

/** The sessions of a gateway that runs, from another process. */
export interface RemoteAdmin extends SessionAdmin {
  /** Give up the connection. The sessions stay. */
  close(): Promise<void>;
}

/** The sessions can be reached neither in Redis nor over a control socket. */
export class SessionsOutOfReachError extends Error {
  override readonly name = 'SessionsOutOfReachError';
}

/** How long a push may be pending, as the gateway's own following of it is bounded. */
export const pendingMs = 120_000;

/** An administrator's doings in a store, each with its line in the audit log. */
export const createAdmin = (
  store: Store,
  sessions: Sessions,
  { limits }: LoginSettings,
  audit: AuditLog,
): SessionAdmin => {
  const attention = createAttention(store, { ...limits, pendingMs });
  const budgets = createBudgets(store, limits);

  const ended = (count: number, user?: string): number => {
    const reason = `command line, ${count} ended`;
    audit({ event: 'session-ended', result: 'ok', user, reason });
    return count;
  };

  return {
    list: sessions.list,
    endNamed: async (name) => ended(Number(await sessions.endNamed(name))),
    endAllOf: async (username) => ended(await sessions.endAllOf(username), username),
    unlock: async (user) => {
      const [wasLocked] = await Promise.all([attention.unlock(user), budgets.forgive(user)]);
      audit({
        event: 'unlocked',
        result: wasLocked ? 'ok' : 'was-not-locked',
        user,
        reason: 'command line',
      });
      return Number(wasLocked);
    },
  };
};

const overRedis = async (
  settings: LoginSettings,
  writeAudit: (line: string) => void,
): Promise<RemoteAdmin> => {
  const store = await openStore(settings.session, Date.now, () => undefined);
  const sessions = createSessions(store, settings.session, Date.now);
  const { auditFile } = settings;
  const write = (line: string): void =>
    auditFile === undefined ? writeAudit(line) : appendFileSync(auditFile, line, { mode: 0o600 });
  const admin = createAdmin(store, sessions, settings, createAuditLog(write, Date.now));
  return { ...admin, close: store.close };
};

const overSocket = (socketPath: string): RemoteAdmin => {
  const ask = async <T>(
    method: 'GET' | 'DELETE' | 'POST',
    path: string,
    params: Record<string, string>,
  ): Promise<T> => {
    const url = `http://control${path}`;
    const response = await axios
      .request<T>({ socketPath, url, method, params, proxy: false, timeout: 5_000 })
      .catch((error: { code?: string }) => {
        throw new SessionsOutOfReachError(
          `The gateway does not answer at its control socket (${error.code ?? 'unknown'}).`,
        );
      });
    return response.data;
  };
  return {
    list: () => ask('GET', '/sessions', {}),
    endNamed: (name) => ask('DELETE', '/sessions', { name }),
    endAllOf: (user) => ask('DELETE', '/sessions', { user }),
    unlock: (user) => ask('POST', '/unlock', { user }),
    close: async () => undefined,
  };
};

/**
 * Reach the sessions of the gateway with these settings.
 *
 * @param writeAudit takes lines of the audit log when no gateway and no file does.
 * @throws {@link SessionsOutOfReachError} when they are in memory and no control socket is set.
 */
export const openSessionAdmin = async (
  settings: LoginSettings,
  writeAudit: (line: string) => void = () => undefined,
): Promise<RemoteAdmin> => {
  if (settings.session.redisUrl !== undefined) {
    return overRedis(settings, writeAudit);
  }
  if (settings.controlSocket === undefined) {
    throw new SessionsOutOfReachError(
      'Sessions are in the memory of the gateway: set control_socket to reach them from here.',
    );
  }
  return overSocket(settings.controlSocket);
};
