import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  simulator.control.setFaults([]);
});

const start = async (settings: Record<string, string> = {}) => {
  const gateway = await startGateway({ simulator, settings });
  return { gateway, browser: new CookieBrowser(gateway.origin) };
};

const verify = async (browser: CookieBrowser) => (await browser.get('/auth/verify')).status;

it('tells a tab that listens too late that the login has gone', async () => {
  const { browser } = await start();
  await browser.get('/auth/events');
  expect(browser.page.status).toBe(200);
  expect(browser.page.headers['content-type']).toMatch(/^text\/event-stream/);
  expect(browser.text).toContain('"page":"gone"');
});

describe('the second factor', () => {
  it('lets in after a push is approved', async () => {
    const { gateway, browser } = await start();
    await browser.signIn('alice');
    expect(browser.text).toContain('Second step for alice');
    await browser.post('/auth/factor', { factor: 'push' });
    expect(browser.text).toContain('Approve the request on');
    expect(await verify(browser)).toBe(401);
    await browser.get('/auth/login');
    await browser.until(({ cookies }) => cookies.has(sessionCookie));
    expect(await verify(browser)).toBe(200);
    expect(browser.page.headers['remote-user']).toBe('alice');
    expect(gateway.audit()).toMatchObject([
      { event: 'first-factor', result: 'passed', user: 'alice', address: '127.0.0.1' },
      { event: 'second-factor', result: 'granted', user: 'alice', factor: 'push' },
    ]);
  });

  it.each([
    ['erin', 'The request was denied'],
    ['frank', 'You cannot be signed in'],
  ])('keeps %s out', async (username, expected) => {
    const { browser } = await start();
    await browser.signIn(username);
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(({ text }) => text.includes(expected));
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });

  it('raises an alarm for fraud', async () => {
    const { gateway, browser } = await start();
    await browser.signIn('frank');
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(({ text }) => text.includes('You cannot be signed in'));
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ result: 'fraud', user: 'frank', factor: 'push' }),
    );
  });

  it.each([
    ['carol', 'You cannot be signed in'],
    ['leo', 'You cannot be signed in'],
    ['dave', 'Set up your phone'],
    ['nobody', 'Set up your phone'],
  ])('tells %s what to do in one neutral sentence', async (username, expected) => {
    const { browser } = await start();
    await browser.signIn(username);
    expect(browser.text).toContain(expected);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });

  it('lets a bypass user in at once', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });

  it('lets a passcode in, and no wrong one', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    await browser.post('/auth/passcode', { passcode: '000000' });
    expect(browser.text).toContain('That passcode is incorrect');
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });

  it('takes a passcode while a push hangs', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });

  it('texts a code and tells its first digit', async () => {
    const { browser } = await start();
    await browser.signIn('grace');
    await browser.post('/auth/factor', { factor: 'sms' });
    await browser.until(({ text }) => text.includes('begins with'));
    const grace = simulator.control.users().find(({ username }) => username === 'grace');
    const phone = simulator.control.phone(grace?.devices[0]?.id ?? '');
    const [code = ''] = phone.smsPasscodes;
    expect(browser.text).toContain(`begins with ${code[0]}`);
    await browser.post('/auth/passcode', { passcode: code });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });

  it('calls', async () => {
    const { browser } = await start();
    await browser.signIn('alice');
    await browser.post('/auth/factor', { factor: 'phone' });
    await browser.until(({ cookies }) => cookies.has(sessionCookie));
  });

  it('shows the number of a verified push', async () => {
    const { browser } = await start();
    await browser.signIn('vera');
    await browser.post('/auth/factor', { factor: 'push' });
    expect(browser.text).toMatch(/Type this number on your phone \d{6}/);
    await browser.until(() => simulator.control.pending().length === 1);
    const [push] = simulator.control.pending();
    simulator.control.answer(push?.txid ?? '', 'approve');
    await browser.until(({ cookies }) => cookies.has(sessionCookie));
  });

  it('sends no push by itself after a deny, even with autopush', async () => {
    const { browser } = await start({ autopush: 'true' });
    await browser.signIn('erin');
    await browser.until(({ text }) => text.includes('The request was denied'));
    const pushes = () =>
      simulator.control.log().filter(({ path }) => path.endsWith('/auth')).length;
    const before = pushes();
    await browser.get('/auth/login');
    await browser.get('/auth/login');
    expect(pushes()).toBe(before);
  });

  it('asks for the further password after Duo, when asked to', async () => {
    const { browser } = await start({
      require_password: 'true',
      further_password: '{ type: htpasswd, file: further }',
    });
    await browser.signIn('bob');
    expect(browser.text).toContain('One more password');
    expect(await verify(browser)).toBe(401);
    await browser.get('/auth/login');
    await browser.post('/auth/password', { password: 'bob-password' });
    expect(browser.text).toContain('Incorrect password');
    await browser.post('/auth/password', { password: 'bob-further' });
    expect(await verify(browser)).toBe(200);
  });
});

describe('when Duo is away', () => {
  const outage = () => simulator.control.setFaults([{ kind: 'html', status: 503 }]);

  it('keeps out in the mode secure, and says so to the log', async () => {
    const { gateway, browser } = await start();
    outage();
    await browser.signIn('alice');
    expect(browser.text).toContain('You cannot be signed in');
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ result: 'refused', reason: 'duo-unavailable' }),
    );
  });

  it('lets in in the mode safe, and says so to the log', async () => {
    const { gateway, browser } = await start({ failmode: 'safe' });
    outage();
    await browser.signIn('alice');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ result: 'failmode', reason: 'http 503', user: 'alice' }),
    );
  });

  it('takes a time-out for an outage as well', async () => {
    const duo = `{ hostname: '${simulator.hostname}', ikey: ${simulator.ikey}, skey: { env: DUO_SKEY }, ca_file: '${simulator.caFile}', timeout_seconds: 1 }`;
    const { gateway, browser } = await start({ failmode: 'safe', duo });
    simulator.control.setFaults([{ kind: 'hang' }]);
    await browser.signIn('alice');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ result: 'failmode', reason: 'timeout' }),
    );
  });

  it('does not open the door because of wrong keys', async () => {
    const duo = `{ hostname: '${simulator.hostname}', ikey: ${simulator.ikey}, skey: { env: WRONG }, ca_file: '${simulator.caFile}' }`;
    const gateway = await startGateway({
      simulator,
      settings: { failmode: 'safe', duo },
      env: { WRONG: 'wrong-secret-key' },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('alice');
    expect(browser.text).toContain('You cannot be signed in');
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ result: 'failed', reason: '40103' }),
    );
  });

  it('lets no one in who was denied before', async () => {
    const { browser } = await start({ failmode: 'safe' });
    await browser.signIn('erin');
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(({ text }) => text.includes('The request was denied'));
    outage();
    await browser.post('/auth/restart');
    await browser.signIn('erin');
    expect(browser.text).toContain('You cannot be signed in');
  });

  it('lets the safe account in', async () => {
    const { browser } = await start();
    outage();
    await browser.signIn('admin');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });
});

describe('the page around it', () => {
  it('goes back to where the user wanted to go', async () => {
    const { browser } = await start();
    await browser.signIn('bob', '/auth/login?rd=%2Fincidents%3Fq%3D1');
    expect(new URL(browser.page.url).pathname).toBe('/incidents');
  });

  it('signs out only when asked by its own form', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    await browser.get('/auth/logout');
    expect(browser.text).toContain('You are signed in as bob');
    await browser.post('/auth/logout');
    expect(browser.text).toContain('You are signed out');
    expect(await verify(browser)).toBe(401);
  });

  it('speaks another language', async () => {
    const { browser } = await start({ language: 'de' });
    await browser.signIn('alice');
    expect(browser.text).toContain('Zweiter Schritt für alice');
    expect(browser.page.body).toContain('<html lang="de">');
  });
});
