// The attack: guess passwords or codes, or wear the user down: many for one user, one for many users, in other
// spellings, from many addresses, over many logins.
import { expect, it } from 'vitest';
import { CookieBrowser, passwordOf, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway, type TestGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

const tryLogin = async (
  gateway: TestGateway,
  username: string,
  password: string,
  headers: Record<string, string> = {},
) => {
  const browser = new CookieBrowser(gateway.origin);
  await browser.get('/auth/login');
  await browser.post('/auth/login', { username, password }, { headers });
  return browser;
};

const limits = (text: string) => ({ limits: `{ ${text} }` });

it('one user, many passwords: the right one comes too late', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    settings: limits('failures_per_user: 3'),
  });
  for (const spelling of ['bob', 'BOB', 'ｂｏｂ']) {
    await tryLogin(gateway, spelling, 'guess');
  }
  const browser = await tryLogin(gateway, 'bob', passwordOf('bob'));
  expect(browser.page.status).toBe(429);
  expect(gateway.audit().at(-1)).toMatchObject({ result: 'failed', reason: 'budget' });
});

it('many users from one address are stopped, and another address is not', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    settings: { ...limits('failures_per_address: 3'), trusted_proxies: '[127.0.0.1]' },
  });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  for (const username of ['u1', 'u2', 'u3']) {
    await tryLogin(gateway, username, 'guess', from('203.0.113.9'));
  }
  const stopped = await tryLogin(gateway, 'bob', passwordOf('bob'), from('203.0.113.9'));
  expect(stopped.cookies.has(sessionCookie)).toBe(false);
  const other = await tryLogin(gateway, 'bob', passwordOf('bob'), from('198.51.100.7'));
  expect(other.cookies.has(sessionCookie)).toBe(true);
});

it('the addresses of one IPv6 customer are one', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    settings: { ...limits('failures_per_address: 3'), trusted_proxies: '[127.0.0.1]' },
  });
  for (const last of [1, 2, 3]) {
    const headers = { 'x-forwarded-for': `2001:db8::${last}` };
    await tryLogin(gateway, `u${last}`, 'guess', headers);
  }
  const headers = { 'x-forwarded-for': '2001:db8::9' };
  const stopped = await tryLogin(gateway, 'bob', passwordOf('bob'), headers);
  expect(stopped.cookies.has(sessionCookie)).toBe(false);
});

it('codes count for the user over many logins, Duo or password alike', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    settings: limits('failures_per_user: 4, attempts_per_login: 2'),
  });
  for (let login = 0; login < 2; login += 1) {
    const browser = await tryLogin(gateway, 'grace', passwordOf('grace'));
    await browser.post('/auth/passcode', { passcode: '200001' });
    await browser.post('/auth/passcode', { passcode: '200002' });
    await browser.post('/auth/passcode', { passcode: '200003' });
    expect(browser.text).toContain('You cannot be signed in');
  }
  const browser = await tryLogin(gateway, 'grace', passwordOf('grace'));
  expect(browser.page.status).toBe(429);
});

it('a flood of requests meets the limit of the pages', async () => {
  const gateway = await startGateway({ simulator: simulator(), limits: { requestsPerMinute: 5 } });
  const browser = new CookieBrowser(gateway.origin);
  const statuses = [];
  for (let request = 0; request < 7; request += 1) {
    statuses.push((await browser.get('/auth/login')).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
});
