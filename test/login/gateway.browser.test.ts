import { describe, expect, it } from 'vitest';
import { safeReturn } from '../../src/login/server/addresses.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import {
  CookieBrowser,
  challengeCookie,
  passwordOf,
  sessionCookie,
} from '../../testing/cookie-browser.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

const start = async (settings: Record<string, string> = {}, env: Record<string, string> = {}) => {
  const gateway = await startGateway({ simulator: simulator(), settings, env });
  return { gateway, browser: new CookieBrowser(gateway.origin) };
};

describe('a wrong password', () => {
  it('says so, keeps the name, and does not speak of later', async () => {
    const { browser } = await start();
    await browser.get('/auth/login');
    await browser.post('/auth/login', { username: 'gr"ace', password: 'wrong' });
    expect(browser.text).toContain('Incorrect user name or password.');
    expect(browser.text).not.toContain('later');
    expect(browser.page.body).toContain('value="gr&quot;ace"');
  });

  it('speaks of later once the budget is spent', async () => {
    const { browser } = await start({ limits: '{ failures_per_user: 1 }' });
    await browser.get('/auth/login');
    await browser.post('/auth/login', { username: 'grace', password: 'wrong' });
    await browser.post('/auth/login', { username: 'grace', password: 'wrong' });
    expect(browser.text).toContain('Too many attempts. Try again later.');
  });
});

describe('the buttons', () => {
  const factors = (browser: CookieBrowser) =>
    [...browser.page.body.matchAll(/name="factor" value="(\w+)"/g)].map(([, factor]) => factor);

  it('are those that the chosen device can do', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    expect(factors(browser)).toEqual(['push', 'sms', 'phone']);
    const deviceNamed = (name: string) =>
      new RegExp(`<option value="(\\w+)"[^>]*>${name}`).exec(browser.page.body)?.[1] ?? '';
    await browser.post('/auth/device', { device: deviceNamed('Kitchen tablet') });
    expect(factors(browser)).toEqual(['push']);
    await browser.post('/auth/device', { device: deviceNamed('Office') });
    expect(factors(browser)).toEqual(['phone']);
    await browser.post('/auth/factor', { factor: 'phone' });
    expect(browser.text).toContain('Answer the call on Office');
  });

  it('stay as they are for a device of another user', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    const before = factors(browser);
    await browser.post('/auth/device', { device: 'DP000000000000000000' });
    expect(factors(browser)).toEqual(before);
  });
});

describe('the language', () => {
  const languageOf = async (settings: Record<string, string>, acceptLanguage: string) => {
    const { gateway } = await start(settings);
    const headers = { accept: 'text/html', 'accept-language': acceptLanguage };
    const response = await rawRequest(gateway.origin, '/auth/login', { headers });
    expect(response.headers['vary']).toContain('Accept-Language');
    return response.headers['content-language'];
  };

  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr,de;q=0.4,en;q=0.5', 'en'],
    ['fr', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['', 'en'],
    [`${'x'.repeat(2_000)};q=;,;`, 'en'],
  ])('for %j is %s', async (acceptLanguage, expected) => {
    expect(await languageOf({}, acceptLanguage)).toBe(expected);
  });

  it('is the one that is set, for all', async () => {
    expect(await languageOf({ language: 'de' }, 'en')).toBe('de');
  });
});

describe('after the login', () => {
  it.each(['/login', '/LOGIN/', '/logout', '/auth/login', '/auth/logout?x', '/auth', '//login'])(
    '%s would begin anew, so the way leads to the start page',
    (wanted) => {
      expect(safeReturn(wanted, 'https://soar.example.com', [])).toBe('/');
    },
  );

  it.each(['/logins', '/authors', '/x/login'])('%s is a page like others', (wanted) => {
    expect(safeReturn(wanted, 'https://soar.example.com', [])).toBe(wanted);
  });
});

describe('a session for a domain', () => {
  it('has its domain in the cookie, and ends with it', async () => {
    const gateway = await startGateway({ simulator: simulator() });
    const { settings } = gateway;
    expect(settings.session.cookieDomain).toBeUndefined();
    const { browser } = await start({
      public_url: 'https://soar.example.com',
      session: '{ cookie_domain: example.com }',
    });
    await browser.signIn('bob');
    const name = '__Secure-xsoar-duo-session';
    expect(browser.cookies.has(name)).toBe(true);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    expect((await browser.get('/auth/verify')).status).toBe(200);
    await browser.get('/auth/logout');
    await browser.post('/auth/logout', {}, { follow: false });
    expect(String(browser.page.headers['set-cookie'])).toMatch(/Domain=example\.com/);
    expect((await browser.get('/auth/verify')).status).toBe(401);
  });
});

describe('a remembered device', () => {
  const settings = { remembered_devices: '{ key: { env: REMEMBER } }' };
  const env = { REMEMBER: 'r'.repeat(40) };

  it('is let in by Duo without asking again, and is nothing for another user', async () => {
    const remembering = await startSimulator({
      config: {
        integrations: [
          { ikey: simulator().ikey, skey: simulator().skey, rememberDevicesHours: 24 },
        ],
      },
    });
    const codes = ['200000001', '200000002', '200000003'];
    remembering.control.addUser({ username: 'ruth', bypassCodes: codes });
    const gateway = await startGateway({
      simulator: remembering,
      settings,
      env,
      users: ['ruth', 'alice'],
    });
    const browser = new CookieBrowser(gateway.origin);
    const signIn = async (username: string, consent: boolean): Promise<boolean> => {
      browser.cookies.delete(sessionCookie);
      browser.cookies.delete(challengeCookie);
      const { body } = await browser.get('/auth/login');
      expect(body).toContain('Remember this browser');
      // The box is as it was left the last time.
      expect(/<input type="checkbox"[^>]* checked>/.test(body)).toBe(isRemembered());
      const given = { username, password: passwordOf(username) };
      await browser.post('/auth/login', { ...given, ...(consent && { remember: 'yes' }) });
      return browser.cookies.has(sessionCookie);
    };
    const isRemembered = () => browser.cookies.has('__Host-xsoar-duo-remembered');
    const typeCode = () => browser.post('/auth/passcode', { passcode: codes.shift() ?? '' });
    expect(await signIn('ruth', false)).toBe(false);
    await typeCode();
    expect(isRemembered()).toBe(false);
    expect(await signIn('ruth', true)).toBe(false);
    await typeCode();
    expect(isRemembered()).toBe(true);
    expect(await signIn('ruth', true)).toBe(true);
    expect(await signIn('alice', true)).toBe(false);
    expect(await signIn('ruth', false)).toBe(false);
    await typeCode();
    expect(isRemembered()).toBe(false);
    await gateway.close();
    await remembering.close();
  });

  it('is off without a key', async () => {
    const { browser } = await start();
    expect((await browser.get('/auth/login')).body).not.toContain('Remember this browser');
    await browser.post('/auth/login', {
      username: 'grace',
      password: passwordOf('grace'),
      remember: 'yes',
    });
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.cookies.has('__Host-xsoar-duo-remembered')).toBe(false);
  });
});

describe('an event stream', () => {
  it('ends with its login', async () => {
    const { browser, gateway } = await start();
    await browser.signIn('grace');
    const stream = rawRequest(gateway.origin, '/auth/events', {
      headers: { cookie: browser.cookieHeader },
    });
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect((await stream).body).toMatch(/"page":"(?:granted|gone)"/);
  });
});

it('a proxy that is not trusted is warned about, once', async () => {
  const { gateway } = await start();
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  await rawRequest(gateway.origin, '/auth/login', { headers });
  await rawRequest(gateway.origin, '/auth/login', { headers });
  expect(gateway.warnings).toEqual([
    expect.stringMatching(/^trusted_proxies: .*share its address/),
  ]);
});
