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

/** A response of the server. */
export interface Answer {
  readonly status: number;
  readonly cookie?: string;
  /** Text is a page, anything else JSON. */
  readonly body: unknown;
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
  readonly switches: Record<string, unknown>;
  /** What paths answer in place of the usual, such as a page that says sorry. */
  readonly answers: Map<string, Answer>;
  close(): Promise<void>;
}

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
  request.headers.cookie
    ?.split(/; ?/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const readBody = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
  }
  return body;
};

interface Call {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly body: string;
}

const unauthorized: Answer = { status: 401, body: { id: 'unauthorized' } };

/** @param tls a certificate; without it the upstream speaks plain HTTP. */
export const startUpstream = async (tls?: {
  readonly cert: string;
  readonly key: string;
}): Promise<Upstream> => {
  const arrivals: Arrival[] = [];
  const faults: string[] = [];
  const sessions = new Map<string, string>();
  const switches: Record<string, unknown> = { use_2fa: true, require_password: false };
  const answers = new Map<string, Answer>();
  const apiKey = `key-${randomUUID()}`;
  let keyChecks = 0;

  const login = ({ request, body }: Call): Answer => {
    const xsrf = cookieOf(request, 'XSRF-TOKEN');
    if (xsrf === undefined || request.headers['x-xsrf-token'] !== xsrf) {
      return { status: 403, body: { id: 'forbidden', detail: 'Issue with CSRF code' } };
    }
    const { user, password } = JSON.parse(body);
    if (password !== `${user}-password`) {
      return unauthorized;
    }
    const session = randomUUID();
    sessions.set(session, user);
    return {
      status: 200,
      cookie: `S=${session}; Path=/; HttpOnly; Secure`,
      body: { id: user, username: user },
    };
  };

  const whoAsks = (request: IncomingMessage): string | undefined =>
    request.headers.authorization === apiKey ? 'robot' : sessions.get(cookieOf(request, 'S') ?? '');

  const forUser =
    (work: (user: string) => unknown) =>
    ({ request }: Call): Answer => {
      const user = whoAsks(request);
      return user === undefined ? unauthorized : { status: 200, body: work(user) };
    };

  const page = ({ request, path }: Call): Answer => ({
    status: 200,
    ...(path === '/' && { cookie: `XSRF-TOKEN=${randomUUID()}; Path=/` }),
    body: `<!doctype html><html lang="en"><title>Application</title><h1>Hello ${request.headers['x-user'] ?? whoAsks(request)}</h1></html>`,
  });

  const routes: Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>> = {
    '/login': login,
    '/user': (call) => {
      keyChecks += 1;
      return forUser((user) => ({ id: user, username: user }))(call);
    },
    '/settings/integration/search': forUser(() => ({
      instances: [
        {
          id: '1',
          name: 'Duo',
          brand: 'DuoAuthAPI',
          enabled: 'true',
          data: Object.entries(switches).map(([name, value]) => ({ name, value })),
        },
      ],
    })),
    '/logout': (call) => {
      sessions.delete(cookieOf(call.request, 'S') ?? '');
      return page(call);
    },
    '/slow': async (call) => {
      await sleep(Number(new URL(call.request.url ?? '', 'http://x').searchParams.get('ms')));
      return page(call);
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = '', headers, rawHeaders } = request;
    const body = await readBody(request);
    arrivals.push({ line: `${method} ${url}`, headers, raw: rawHeaders, body });
    const path = url.split('?', 1)[0] ?? '';
    const given = answers.get(path) ?? (await (routes[path] ?? page)({ request, path, body }));
    const isPage = typeof given.body === 'string';
    response
      .writeHead(given.status, {
        'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/json',
        ...(given.cookie !== undefined && { 'Set-Cookie': given.cookie }),
      })
      .end(isPage ? given.body : JSON.stringify(given.body));
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: Error) => {
      if (error.message !== 'aborted') {
        faults.push(String(error));
      }
    });
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    // A connection that is cut says nothing about what was sent over it.
    if (/^HPE_(?!INVALID_EOF_STATE)/.test(String(error.code))) {
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
    answers,
    close: async () => {
      for (const socket of sockets.clients) {
        socket.terminate();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
