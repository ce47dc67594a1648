import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { CookieBrowser, passwordOf, sessionCookie } from '../../../testing/cookie-browser.ts';
import { startGateway } from '../../../testing/running-gateway.ts';
import { startXsoar, type XsoarStandIn } from '../../../testing/xsoar-stand-in.ts';

let simulator: Simulator;
let xsoar: XsoarStandIn;
beforeAll(async () => {
  simulator = await startSimulator();
  xsoar = await startXsoar({ bob: passwordOf('bob'), grace: passwordOf('grace') });
});
afterAll(async () => {
  await Promise.all([simulator.close(), xsoar.close()]);
});
beforeEach(() => {
  simulator.control.reset();
  Object.assign(xsoar.switches, { use_2fa: true, require_password: false });
});

const start = async (settings: Record<string, string> = {}, proxy = '') => {
  const gateway = await startGateway({
    simulator,
    env: { API_KEY: xsoar.apiKey },
    settings: {
      mode: 'proxy',
      proxy: `{ upstream: '${xsoar.url}', ${proxy} }`,
      first_factor: `{ type: xsoar, url: '${xsoar.url}' }`,
      ...settings,
    },
  });
  xsoar.seen.splice(0);
  return { gateway, browser: new CookieBrowser(gateway.origin) };
};

const seenNow = (): string[] => xsoar.seen.splice(0);

describe("XSOAR's own login as the first factor", () => {
  it('holds its cookies back until Duo allows, and then gives them', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    expect([...browser.cookies.keys()].filter((name) => !name.startsWith('__Host-'))).toEqual([]);
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect([...browser.cookies.keys()]).toEqual(
      expect.arrayContaining(['XSRF-TOKEN', 'S', 'inc-term', sessionCookie]),
    );
    await browser.get('/incidents?q=1');
    expect(JSON.parse(browser.page.body)).toMatchObject({ user: 'grace', path: '/incidents?q=1' });
  });

  it('refuses a wrong password without asking Duo', async () => {
    const { browser } = await start();
    await browser.get('/auth/login');
    await browser.post('/auth/login', { username: 'bob', password: 'wrong' });
    expect(browser.page.status).toBe(401);
    expect(browser.text).toContain('User name or password is not right');
    expect(simulator.control.log()).toEqual([]);
  });

  it('says so when XSOAR does not answer', async () => {
    const { browser, gateway } = await start({
      first_factor: "{ type: xsoar, url: 'http://127.0.0.1:1' }",
    });
    await browser.signIn('bob');
    expect(browser.page.status).toBe(503);
    expect(JSON.stringify(gateway.audit())).not.toContain(passwordOf('bob'));
  });

  it('takes its cookies back at sign-out', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    expect(browser.cookies.has('S')).toBe(true);
    await browser.get('/auth/logout');
    await browser.post('/auth/logout');
    expect([...browser.cookies.keys()]).toEqual(['__Host-xsoar-duo-csrf']);
  });
});

describe('the proxy', () => {
  it('lets nothing through without a session', async () => {
    const { browser } = await start();
    await browser.get('/incidents');
    expect(new URL(browser.page.url).pathname).toBe('/auth/login');
    await browser.get('/api/x', { headers: { accept: 'application/json' } });
    expect(browser.page.status).toBe(401);
    await browser.post('/x', {}, { headers: { authorization: xsoar.apiKey } });
    expect(browser.page.status).toBe(401);
    await browser.get('/saml', { headers: { accept: '*/*' } });
    expect(browser.page.status).toBe(401);
    expect(seenNow()).toEqual([]);
  });

  it('passes bodies, queries and methods on as they are', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    await browser.post('/x?a=%2F&b', { name: 'ü' });
    expect(JSON.parse(browser.page.body)).toMatchObject({
      path: '/x?a=%2F&b',
      body: 'name=%C3%BC',
    });
  });

  it('keeps its own cookies to itself', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    await browser.get('/x');
    expect(xsoar.lastHeaders().cookie).toContain('S=');
    expect(xsoar.lastHeaders().cookie).not.toContain('__Host-xsoar-duo');
  });

  it('lets API keys and SAML through when told to, without cookies for the former', async () => {
    const { browser } = await start({}, 'allow_api_keys: true, allow_saml: true');
    browser.cookies.set('S', 'stolen');
    await browser.post('/x', {}, { headers: { authorization: xsoar.apiKey } });
    expect(JSON.parse(browser.page.body)).toMatchObject({ by: 'api-key' });
    expect(xsoar.lastHeaders().cookie).toBeUndefined();
    await browser.get('/saml?x=1');
    expect(browser.page.status).toBe(200);
  });

  it.each(['/login', '/LOGIN', '//login', '/%6cogin', '/x/../login', '/login/', '/login;x'])(
    'ends the session at %s, the way past Duo',
    async (path) => {
      const { browser } = await start();
      await browser.signIn('bob');
      seenNow();
      await browser.post(path, { user: 'grace' }, { headers: { accept: 'application/json' } });
      expect(seenNow()).toEqual([]);
      expect((await browser.get('/auth/verify')).status).toBe(401);
    },
  );

  it('ends with the sign-out of XSOAR', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    await browser.post('/logout');
    expect(seenNow()).toContain('POST /logout');
    expect((await browser.get('/auth/verify')).status).toBe(401);
  });
});

describe('WebSockets', () => {
  const open = async (origin: string, headers: Record<string, string>) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/websocket?x=1`, { headers });
    const messages: string[] = [];
    socket.on('message', (data) => messages.push(String(data)));
    const end = await new Promise<string>((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (_request, response) =>
        resolve(String(response.statusCode)),
      );
      socket.once('error', () => resolve('error'));
    });
    return { socket, messages, end };
  };

  it('go through with a session', async () => {
    const { browser, gateway } = await start();
    await browser.signIn('bob');
    const { socket, messages, end } = await open(gateway.origin, {
      cookie: browser.cookieHeader,
      origin: gateway.origin,
    });
    expect(end).toBe('open');
    socket.send('ping');
    await expect.poll(() => messages).toEqual(['hello bob', 'echo ping']);
    expect(xsoar.lastHeaders().cookie).not.toContain('__Host-xsoar-duo');
    socket.close();
  });

  it('are refused without a session, and to pages of other origins', async () => {
    const { browser, gateway } = await start();
    expect((await open(gateway.origin, {})).end).toBe('401');
    await browser.signIn('bob');
    seenNow();
    const foreign = { cookie: browser.cookieHeader, origin: 'https://evil.example' };
    expect((await open(gateway.origin, foreign)).end).toBe('403');
    expect(seenNow()).toEqual([]);
  });
});

describe("the switches of XSOAR's own screen", () => {
  const settings = () => ({
    settings: `{ from: xsoar, url: '${xsoar.url}', api_key: { env: API_KEY }, refresh_seconds: 1 }`,
    further_password: '{ type: htpasswd, file: further }',
  });

  it('turn the second factor off and on while the gateway runs', async () => {
    xsoar.switches.use_2fa = false;
    const { browser, gateway } = await start(settings());
    await browser.signIn('grace');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    xsoar.switches.use_2fa = true;
    await expect
      .poll(
        () =>
          gateway
            .audit()
            .some(({ event, reason }) => event === 'switches' && reason?.includes('use_2fa true')),
        { timeout: 5_000 },
      )
      .toBe(true);
    const second = new CookieBrowser(gateway.origin);
    await second.signIn('grace');
    expect(second.text).toContain('Second step for grace');
  });

  it('turn the further password on', async () => {
    xsoar.switches.require_password = true;
    const { browser } = await start(settings());
    await browser.signIn('bob');
    expect(browser.text).toContain('One more password');
  });

  it('leave Duo on when they cannot be read', async () => {
    const { browser, gateway } = await start({
      ...settings(),
      settings: "{ from: xsoar, url: 'http://127.0.0.1:1', api_key: { env: API_KEY } }",
    });
    expect(gateway.warnings).toEqual([expect.stringContaining('XSOAR cannot be reached')]);
    await browser.signIn('grace');
    expect(browser.text).toContain('Second step for grace');
  });
});
