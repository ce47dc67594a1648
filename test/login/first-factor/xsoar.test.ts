import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { FirstFactorUnavailableError } from '../../../src/login/first-factor/first-factor.ts';
import { createXsoarFactor, rehost } from '../../../src/login/first-factor/xsoar.ts';

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Answers {
  readonly status?: number;
  readonly cookies?: readonly string[];
  readonly login?: unknown;
  readonly user?: unknown;
  readonly xsrf?: boolean;
}

/** A server whose `/login` and `/user` answer as given. */
const serve = async ({
  status = 200,
  cookies = ['S=1; Path=/; Domain=internal'],
  login = { username: 'alice' },
  user = { id: 'alice', username: 'alice' },
  xsrf = true,
}: Answers = {}) => {
  server = createServer((request, response) => {
    const write = (body: unknown, code = 200, headers = {}) => {
      const type = typeof body === 'string' ? 'text/html' : 'application/json';
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(code, { 'Content-Type': type, ...headers }).end(text);
    };
    switch (request.url) {
      case '/':
        return write('', 200, xsrf ? { 'Set-Cookie': 'XSRF-TOKEN=a%2Fb; Path=/' } : {});
      case '/user':
        return request.headers.cookie?.includes('S=1') ? write(user) : write({}, 401);
    }
    return write(login, status, { 'Set-Cookie': cookies });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createXsoarFactor({ url, insecure: false, timeoutMs: 2_000 });
};

const credentials = { username: 'ALICE@corp.example', password: 'her-password' };

describe("XSOAR's login", () => {
  it('passes with a session, under the name that the server has for its owner', async () => {
    const factor = await serve();
    expect(await factor.verify(credentials)).toEqual({
      passed: true,
      username: 'alice',
      groups: [],
      held: ['XSRF-TOKEN=a%2Fb; Path=/; Secure', 'S=1; Path=/; Secure'],
    });
  });

  it.each([401, 403])('does not pass with %i', async (status) => {
    expect(await (await serve({ status })).verify(credentials)).toEqual({ passed: false });
  });

  it.each<[string, Answers]>([
    ['5xx', { status: 502 }],
    ['no such path', { status: 404 }],
    ['no XSRF cookie', { xsrf: false }],
    ['a redirect', { status: 302 }],
    ['an HTML page with a cookie', { login: '<html>Maintenance</html>' }],
    ['JSON without a user', { login: { ok: true } }],
    ['a success without a session', { cookies: [] }],
    ['the cookies of another user', { user: { username: 'bob' } }],
    ['a user that it does not know itself', { user: '<html></html>' }],
  ])('is out of order with %s, and says nothing of the password', async (_what, answers) => {
    const error = await (await serve(answers)).verify(credentials).catch((e) => e);
    expect(error).toBeInstanceOf(FirstFactorUnavailableError);
    expect(inspect(error, { depth: 9 })).not.toContain('her-password');
  });
});

it.each([
  ['S=1', 'S=1; Secure'],
  [
    'S=1; Domain=x; Path=/; HttpOnly; Secure; SameSite=Lax',
    'S=1; Path=/; HttpOnly; SameSite=Lax; Secure',
  ],
  ['S=domain=x; path=/', 'S=domain=x; path=/; Secure'],
])('%s becomes %s', (line, expected) => {
  expect(rehost(line)).toBe(expected);
});
