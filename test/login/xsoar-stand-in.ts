import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';

/** A server with the login of Cortex XSOAR 6: XSRF cookie, `POST /login`, sessions, API keys. */
export interface XsoarStandIn {
  readonly url: string;
  /** Every request that reached it, as `GET /path`. */
  readonly seen: string[];
  /** The headers of the last request. */
  readonly lastHeaders: () => IncomingMessage['headers'];
  /** What the instance's screen says. */
  readonly switches: { use_2fa: boolean; require_password: boolean };
  readonly apiKey: string;
  /** Whether every answer is a page with status 200, as of a proxy while the server is down. */
  sorryPage: boolean;
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

const csrfFault = {
  id: 'forbidden',
  status: 403,
  title: 'Forbidden',
  detail: 'Issue with CSRF code',
  error: 'http: named cookie not present',
};

/** @param users names and passwords. */
export const startXsoar = async (
  users: Readonly<Record<string, string>>,
): Promise<XsoarStandIn> => {
  const seen: string[] = [];
  const sessions = new Map<string, string>();
  const switches = { use_2fa: true, require_password: false };
  const apiKey = 'stand-in-api-key';
  let last: IncomingMessage['headers'] = {};

  const login = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const xsrf = cookieOf(request, 'XSRF-TOKEN');
    if (xsrf === undefined || request.headers['x-xsrf-token'] !== xsrf) {
      return json(response, 403, csrfFault);
    }
    const { user, password } = JSON.parse(await readBody(request));
    if (users[user] === undefined || users[user] !== password) {
      return json(response, 401, { id: 'unauthorized', status: 401, title: 'Unauthorized' });
    }
    const session = randomUUID();
    sessions.set(session, user);
    response.setHeader('Set-Cookie', [
      `S=${session}; Path=/; HttpOnly; Secure; Domain=xsoar.internal`,
      'inc-term=x; Path=/',
    ]);
    return json(response, 200, { username: user });
  };

  const instances = {
    configurations: [],
    instances: [
      { id: '1', name: 'Other', brand: 'Slack', enabled: 'true', data: null },
      {
        id: '2',
        name: 'Duo_instance_1',
        brand: 'DuoAuthAPI',
        enabled: 'true',
        get data() {
          return Object.entries(switches).map(([name, value]) => ({ name, value }));
        },
      },
    ],
  };

  const api = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== apiKey) {
      return json(response, 401, { id: 'unauthorized' });
    }
    await readBody(request);
    return json(response, 200, instances);
  };

  /** Whose key or cookie it is. */
  const whoami = (request: IncomingMessage, response: ServerResponse): void => {
    const cookie = cookieOf(request, 'S') ?? '';
    const user = request.headers.authorization === apiKey ? 'robot' : sessions.get(cookie);
    if (user === undefined) {
      json(response, 401, { id: 'unauthorized' });
    } else {
      json(response, 200, { id: user, username: user });
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    last = request.headers;
    seen.push(`${request.method} ${path}`);
    if (standIn.sorryPage) {
      response
        .writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'sorry=1; Path=/' })
        .end('<html><title>Back soon</title></html>');
      return;
    }
    if (path === '/user') {
      return whoami(request, response);
    }
    if (path === '/login' && request.method === 'POST') {
      return login(request, response);
    }
    if (path === '/settings/integration/search') {
      return api(request, response);
    }
    if (request.headers.authorization === apiKey) {
      return json(response, 200, { by: 'api-key', body: await readBody(request) });
    }
    if (path === '/') {
      response.setHeader('Set-Cookie', `XSRF-TOKEN=${randomUUID()}; Path=/`);
    }
    const user = sessions.get(cookieOf(request, 'S') ?? '');
    return json(response, 200, { user, path, body: await readBody(request) });
  };

  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    seen.push(`UPGRADE ${request.url}`);
    last = request.headers;
    const user = sessions.get(cookieOf(request, 'S') ?? '');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.send(`hello ${user}`);
      opened.on('message', (data) => opened.send(`echo ${data}`));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: XsoarStandIn = {
    url: `http://127.0.0.1:${port}`,
    sorryPage: false,
    seen,
    lastHeaders: () => last,
    switches,
    apiKey,
    close: async () => {
      for (const socket of sockets.clients) {
        socket.terminate();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
};
