import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { SessionAdmin } from './session-admin.ts';

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
  // Made for the owner alone from the start, not a moment later.
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
