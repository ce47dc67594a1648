import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { LoginGateway } from '../../../src/login/index.ts';
import { CookieBrowser, passwordOf } from '../../../testing/cookie-browser.ts';
import { freePort } from '../../../testing/free-port.ts';
import { startGateway } from '../../../testing/running-gateway.ts';
import { simulatorForFile } from '../../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) {
    await close();
  }
});

/** A plain Node application: three lines are the gateway's. */
const startPlain = async (gateway: LoginGateway, port: number): Promise<void> => {
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/auth/')) {
      return gateway.handle(request, response);
    }
    const user = await gateway.verify(request);
    return user === undefined
      ? response.writeHead(303, { Location: gateway.loginUrl(request.url) }).end()
      : response.end(`Hello ${user.username}`);
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
};

/** A Fastify application with parsers and a cookie plugin of its own. */
const startFastify = async (gateway: LoginGateway, port: number): Promise<void> => {
  const app = fastify();
  closers.push(() => app.close());
  await app.register(import('@fastify/cookie'));
  await app.register(import('@fastify/formbody'));
  await app.register(gateway.routes);
  app.post('/form', async ({ body }) => ({ body }));
  app.get('/*', async (request, reply) => {
    const user = await gateway.verify(request);
    return user === undefined
      ? reply.redirect(gateway.loginUrl(request.url), 303)
      : `Hello ${user.username}`;
  });
  await app.listen({ port, host: '127.0.0.1' });
};

describe.each([
  ['a plain (req, res) application', startPlain],
  ['a Fastify application', startFastify],
])('the gateway inside %s', (_name, startHost) => {
  const start = async () => {
    const port = await freePort();
    const gateway = await startGateway({ simulator: simulator(), port, listen: false });
    await startHost(gateway, port);
    return { gateway, port, browser: new CookieBrowser(`http://localhost:${port}`) };
  };

  it('does not listen itself', async () => {
    const gateway = await startGateway({ simulator: simulator(), listen: false });
    expect(gateway.url).toBe(gateway.origin);
    const server = createServer();
    const { port } = new URL(gateway.origin);
    await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
    expect((server.address() as AddressInfo).port).toBe(Number(port));
    server.close();
  });

  it('signs a user in, back to the page that was asked for, and out', async () => {
    const { browser } = await start();
    await browser.get('/reports?week=7');
    expect(new URL(browser.page.url).pathname).toBe('/auth/login');
    await browser.post('/auth/login', { username: 'grace', password: passwordOf('grace') });
    expect(browser.text).toContain('grace');
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.page.url).toContain('/reports?week=7');
    expect(browser.page.body).toBe('Hello grace');
    await browser.get('/auth/logout');
    await browser.post('/auth/logout');
    await browser.get('/reports');
    expect(new URL(browser.page.url).pathname).toBe('/auth/login');
  });

  it('verifies no one without the cookie, or with two of them', async () => {
    const { gateway, browser } = await start();
    await browser.signIn('bob');
    const cookie = browser.cookieHeader;
    expect(await gateway.verify({ headers: { cookie } })).toEqual({ username: 'bob', groups: [] });
    expect(await gateway.verify({ headers: {} })).toBeUndefined();
    expect(await gateway.verify({ headers: { cookie: `${cookie}; ${cookie}` } })).toBeUndefined();
  });
});

it('leaves the parsers of a Fastify application alone', async () => {
  const port = await freePort();
  const gateway = await startGateway({ simulator: simulator(), port, listen: false });
  await startFastify(gateway, port);
  const answer = await fetch(`http://localhost:${port}/form`, {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  });
  expect(await answer.json()).toEqual({ body: { a: 'b' } });
});
