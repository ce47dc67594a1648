// The attack: a challenge cookie is copied from a log, a proxy or a shared computer, and used again
// after the login it belonged to has ended.
import { expect, it } from 'vitest';
import { CookieBrowser, challengeCookie, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

const signedIn = async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  const challenge = browser.cookies.get(challengeCookie) ?? '';
  await browser.post('/auth/passcode', { passcode: '100000007' });
  expect(browser.cookies.has(sessionCookie)).toBe(true);
  return { gateway, browser, challenge };
};

it('a challenge that was used up opens no second session', async () => {
  const { gateway, challenge } = await signedIn();
  const thief = new CookieBrowser(gateway.origin);
  thief.cookies.set(challengeCookie, challenge);
  await thief.get('/auth/login');
  await thief.get('/auth/login');
  expect(thief.cookies.has(sessionCookie)).toBe(false);
});

it('nothing can be done to it any more', async () => {
  const { gateway, challenge } = await signedIn();
  const thief = new CookieBrowser(gateway.origin);
  await thief.get('/auth/login');
  thief.cookies.set(challengeCookie, challenge);
  const before = simulator().control.log().length;
  await thief.post('/auth/factor', { factor: 'push' });
  await thief.post('/auth/passcode', { passcode: '100000007' });
  expect(simulator().control.log()).toHaveLength(before);
  expect(thief.cookies.has(sessionCookie)).toBe(false);
});

it('the page of the end of a login gives no session to who only has its cookie', async () => {
  const { gateway, challenge } = await signedIn();
  const thief = new CookieBrowser(gateway.origin);
  thief.cookies.set(challengeCookie, challenge);
  const page = await thief.get('/auth/login', { follow: false });
  expect(page.headers['set-cookie']?.toString() ?? '').not.toContain(sessionCookie);
});

it('a challenge dies with its time, even while it waits', async () => {
  let nowMs = Date.now();
  const gateway = await startGateway({ simulator: simulator(), now: () => nowMs });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  nowMs += 10 * 60_000;
  await browser.get('/auth/login');
  expect(browser.text).toContain('User name');
});
