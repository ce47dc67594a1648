import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

/** A request as it arrived behind the proxy. */
export interface Arrival {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values in turn, as they were sent. */
  readonly raw: readonly string[];
  readonly body: string;
}

/** What the proxies protect: it records everything and has the login of a Cortex XSOAR 6 server. */
export interface Upstream {
  readonly port: number;
  readonly arrivals: Arrival[];
  /** Bytes that a strict parser takes for no request. */
  readonly faults: string[];
  readonly apiKey: string;
  /** How often a key was checked. */
  readonly keyChecks: () => number;
  readonly switches: { use_2fa: boolean; require_password: boolean };
  close(): Promise<void>;
}

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
  request.headers.cookie
    ?.split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const readBody = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
  }
  return body;
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

/** @param tls a certificate; without it the upstream speaks plain HTTP. */
export const startUpstream = async (tls?: {
  readonly cert: string;
  readonly key: string;
}): Promise<Upstream> => {
  const arrivals: Arrival[] = [];
  const faults: string[] = [];
  const sessions = new Map<string, string>();
  const switches = { use_2fa: true, require_password: false };
  const apiKey = `key-${randomUUID()}`;
  let keyChecks = 0;

  const login = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const xsrf = cookieOf(request, 'XSRF-TOKEN');
    if (xsrf === undefined || request.headers['x-xsrf-token'] !== xsrf) {
      return json(response, 403, { id: 'forbidden', detail: 'Issue with CSRF code' });
    }
    const { user, password } = JSON.parse(body);
    if (password !== `${user}-password`) {
      return json(response, 401, { id: 'unauthorized' });
    }
    const session = randomUUID();
    sessions.set(session, user);
    response.setHeader('Set-Cookie', [`S=${session}; Path=/; HttpOnly; Secure`]);
    return json(response, 200, { id: user, username: user });
  };

  const whoAsks = (request: IncomingMessage): string | undefined =>
    request.headers.authorization === apiKey ? 'robot' : sessions.get(cookieOf(request, 'S') ?? '');

  const instances = () => ({
    instances: [
      {
        id: '1',
        name: 'Duo',
        brand: 'DuoAuthAPI',
        enabled: 'true',
        data: Object.entries(switches).map(([name, value]) => ({ name, value })),
      },
    ],
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = '', headers, rawHeaders } = request;
    const body = await readBody(request);
    arrivals.push({ line: `${method} ${url}`, headers, raw: rawHeaders, body });
    const user = whoAsks(request);
    if (url === '/login' && method === 'POST') {
      return login(request, response, body);
    }
    if (url === '/user') {
      keyChecks += 1;
      return user === undefined
        ? json(response, 401, { id: 'unauthorized' })
        : json(response, 200, { id: user, username: user });
    }
    if (url === '/settings/integration/search') {
      return user === undefined
        ? json(response, 401, { id: 'unauthorized' })
        : json(response, 200, instances());
    }
    if (url === '/logout') {
      sessions.delete(cookieOf(request, 'S') ?? '');
    }
    if (url.startsWith('/slow')) {
      await sleep(Number(url.split('=')[1]));
    }
    if (url === '/') {
      response.setHeader('Set-Cookie', `XSRF-TOKEN=${randomUUID()}; Path=/`);
    }
    const name = headers['x-user'] ?? user;
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><html lang="en"><title>Application</title><h1>Hello ${name}</h1></html>`);
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: Error) => faults.push(String(error)));
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    // A connection that is cut says nothing about what was sent over it.
    if ('code' in error && String(error.code).startsWith('HPE')) {
      faults.push(`${error.message}: ${error.rawPacket?.toString('latin1') ?? ''}`);
    }
    socket.destroy();
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const { url, headers, rawHeaders } = request;
    arrivals.push({ line: `UPGRADE ${url}`, headers, raw: rawHeaders, body: '' });
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('message', (data) => opened.send(`echo ${data}`));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arrivals,
    faults,
    apiKey,
    keyChecks: () => keyChecks,
    switches,
    close: async () => {
      for (const socket of sockets.clients) {
        socket.terminate();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
