import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import axios from 'axios';
import { createAttention } from './accounts/attention.ts';
import { createBudgets } from './accounts/budgets.ts';
import { createSessions, type ListedSession, type Sessions } from './sessions.ts';
import type { LoginSettings } from './settings/settings.ts';
import { openStore } from './store/redis-store.ts';
import type { Store } from './store/store.ts';
import { type AuditLog, createAuditLog } from './watch/audit-log.ts';

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

/** How long a push without an answer counts as pending; longer than a gateway follows one. */
export const pendingMs = 120_000;

/** Administers the sessions and users of a store. Each change is a line in the audit log. */
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
      .request<T>({
        socketPath,
        url,
        method,
        params,
        proxy: false,
        maxRedirects: 0,
        timeout: 5_000,
      })
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

const answer = async (admin: SessionAdmin, { method, url }: IncomingMessage): Promise<unknown> => {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://control');
  const [name, user] = [searchParams.get('name'), searchParams.get('user') ?? ''];
  switch (`${method} ${pathname}`) {
    case 'GET /sessions':
      return admin.list();
    case 'DELETE /sessions':
      return name === null ? admin.endAllOf(user) : admin.endNamed(name);
    case 'POST /unlock':
      return admin.unlock(user);
  }
  return undefined;
};

/** Does a process answer at the socket? A file that was left behind by one that was killed does not. */
const isInUse = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/**
 * A Unix socket for the command line on this machine: list sessions, end one or all of a user, unlock a
 * user. A process that may open the file may do that; it is the owner's alone.
 *
 * @returns how to stop.
 */
export const startControlSocket = async (
  path: string,
  admin: SessionAdmin,
): Promise<() => Promise<void>> => {
  const server = createServer((request, response) => {
    answer(admin, request).then(
      (body) =>
        response
          .writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
          .end(JSON.stringify(body ?? null)),
      () => response.writeHead(503).end(),
    );
  });
  if (await isInUse(path)) {
    throw Object.assign(new Error('in use'), { code: 'EADDRINUSE' });
  }
  await rm(path, { force: true });
  // So that the file is the owner's alone from the moment it exists.
  const before = process.umask(0o177);
  try {
    server.listen(path);
    await once(server, 'listening');
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
  return async () => {
    server.close();
    await once(server, 'close');
    await rm(path, { force: true });
  };
};
