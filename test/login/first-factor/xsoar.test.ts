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

/** A server whose `/login` answers as told. */
const serve = async (status: number, cookies: string[], xsrf = true) => {
  server = createServer((request, response) => {
    if (request.url === '/') {
      response.writeHead(200, xsrf ? { 'Set-Cookie': 'XSRF-TOKEN=a%2Fb; Path=/' } : {}).end();
      return;
    }
    response.writeHead(status, cookies.length > 0 ? { 'Set-Cookie': cookies } : {}).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createXsoarFactor({ url, insecure: false, timeoutMs: 2_000 });
};

const credentials = { username: 'alice', password: 'her-password' };

describe("XSOAR's login", () => {
  it('passes with a session', async () => {
    const factor = await serve(200, ['S=1; Path=/; Domain=internal']);
    expect(await factor.verify(credentials)).toEqual({
      passed: true,
      username: 'alice',
      groups: [],
      held: ['XSRF-TOKEN=a%2Fb; Path=/; Secure', 'S=1; Path=/; Secure'],
    });
  });

  it.each([
    ['a success without a session', 200, []],
    ['a redirect', 302, ['S=1']],
    ['401', 401, []],
    ['403', 403, ['S=1']],
  ])('does not pass with %s', async (_what, status, cookies) => {
    expect(await (await serve(status, cookies)).verify(credentials)).toEqual({ passed: false });
  });

  it.each([
    ['5xx', 502, true],
    ['no such path', 404, true],
    ['no XSRF cookie', 200, false],
  ])('is out of order with %s, and says nothing of the password', async (_what, status, xsrf) => {
    const error = await (await serve(status, ['S=1'], xsrf)).verify(credentials).catch((e) => e);
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
