import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { Sessions } from '../sessions.ts';
import type { AuditEntry } from './audit-log.ts';

/**
 * A Unix socket for the command line on this machine: list sessions, end one or all of a user. Who may
 * open the file may do that; it is the owner's alone.
 *
 * @returns how to stop.
 */
export const startControlSocket = async (
  path: string,
  sessions: Sessions,
  audit: (entry: AuditEntry) => void,
): Promise<() => Promise<void>> => {
  const send = (response: ServerResponse, body: unknown): void => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };

  const end = async ({ searchParams }: URL): Promise<number> => {
    const [name, user] = [searchParams.get('name'), searchParams.get('user')];
    const ended =
      name === null ? await sessions.endAllOf(user ?? '') : Number(await sessions.endNamed(name));
    audit({
      event: 'session-ended',
      result: 'ok',
      user: user ?? undefined,
      reason: `command line, ${ended} ended`,
    });
    return ended;
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://control');
    const work =
      request.method === 'DELETE'
        ? end(url).then((ended) => send(response, { ended }))
        : sessions.list().then((listed) => send(response, listed));
    work.catch(() => response.writeHead(503).end());
  });
  await rm(path, { force: true });
  // Made for the owner alone from the start, not a moment later.
  const before = process.umask(0o177);
  server.listen(path);
  await once(server, 'listening');
  process.umask(before);
  await chmod(path, 0o600);
  return async () => {
    server.close();
    await once(server, 'close');
    await rm(path, { force: true });
  };
};
