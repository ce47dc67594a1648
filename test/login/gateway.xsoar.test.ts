import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { CookieBrowser, passwordOf, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { startXsoar, type XsoarStandIn } from './xsoar-stand-in.ts';

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

const start = async (settings: Record<string, string> = {}) => {
  const gateway = await startGateway({
    simulator,
    env: { API_KEY: xsoar.apiKey },
    settings: {
      first_factor: `{ type: xsoar, url: '${xsoar.url}' }`,
      ...settings,
    },
  });
  return { gateway, browser: new CookieBrowser(gateway.origin) };
};

describe("XSOAR's own login as the first factor", () => {
  it('holds its cookies back until Duo allows, and then gives them', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    expect([...browser.cookies.keys()].filter((name) => !name.startsWith('__Host-'))).toEqual([]);
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect([...browser.cookies.keys()]).toEqual(
      expect.arrayContaining(['XSRF-TOKEN', 'S', 'inc-term', sessionCookie]),
    );
    // Cookies belong to a host, not to a port: the server behind knows who it is.
    const behind = new CookieBrowser(xsoar.url);
    behind.cookies.set('S', browser.cookies.get('S') ?? '');
    await behind.get('/incidents?q=1');
    expect(JSON.parse(behind.page.body)).toMatchObject({ user: 'grace', path: '/incidents?q=1' });
  });

  it('refuses a wrong password without asking Duo', async () => {
    const { browser } = await start();
    await browser.get('/auth/login');
    await browser.post('/auth/login', { username: 'bob', password: 'wrong' });
    expect(browser.page.status).toBe(401);
    expect(browser.text).toContain('Incorrect user name or password');
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
