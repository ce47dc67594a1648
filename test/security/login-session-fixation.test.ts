// The attack: the victim's browser is given a cookie that the attacker knows, before the login, and
// the login makes it worth something.
import { expect, it } from 'vitest';
import { CookieBrowser, challengeCookie, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
const planted = 'A'.repeat(43);

it('a planted session or challenge is never taken over', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const victim = new CookieBrowser(gateway.origin);
  victim.cookies.set(sessionCookie, planted);
  victim.cookies.set(challengeCookie, planted);
  await victim.signIn('grace');
  expect(victim.cookies.get(challengeCookie)).not.toBe(planted);
  await victim.post('/auth/passcode', { passcode: '100000007' });
  expect(victim.cookies.get(sessionCookie)).not.toBe(planted);
  const attacker = new CookieBrowser(gateway.origin);
  attacker.cookies.set(sessionCookie, planted);
  expect((await attacker.get('/auth/verify')).status).toBe(401);
});

it('the session of before is ended by the next login', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('bob');
  const before = browser.cookies.get(sessionCookie) ?? '';
  // Signed in, the form is not shown any more; it can still be sent.
  await browser.get('/auth/logout');
  await browser.post('/auth/login', { username: 'bob', password: 'bob-password' });
  const after = browser.cookies.get(sessionCookie);
  expect(after).not.toBe(before);
  const old = new CookieBrowser(gateway.origin);
  old.cookies.set(sessionCookie, before);
  expect((await old.get('/auth/verify')).status).toBe(401);
});

it('cookies cannot be planted from a sister host or over plain HTTP', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.get('/auth/login');
  const first = await browser.post(
    '/auth/login',
    { username: 'bob', password: 'bob-password' },
    { follow: false },
  );
  const second = await browser.get('/auth/login', { follow: false });
  const lines = [first, second].flatMap(({ headers }) => headers['set-cookie'] ?? []);
  expect(lines.some((line) => line.startsWith(sessionCookie))).toBe(true);
  for (const line of lines) {
    expect(line).toMatch(/^__Host-/);
    expect(line).toMatch(/; Path=\/(;|$)/);
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; Secure/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).not.toMatch(/Domain=/i);
  }
});
