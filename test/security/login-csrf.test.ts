// The attack: a page of somebody else sends the gateway's forms from the victim's browser: a login as
// the attacker, a push, a sign-out.
import { expect, it } from 'vitest';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
const forms = ['login', 'factor', 'passcode', 'password', 'cancel', 'restart', 'logout'];

const signedIn = async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  return { gateway, browser };
};

it.each(forms)('the form %s is refused without its token', async (form) => {
  const { browser } = await signedIn();
  const before = simulator().control.log().length;
  const page = await browser.post(`/auth/${form}`, { _csrf: '', factor: 'push' });
  expect(page.status).toBe(403);
  expect(simulator().control.log()).toHaveLength(before);
});

it.each(forms)("the form %s is refused with another browser's token", async (form) => {
  const { gateway, browser } = await signedIn();
  const attacker = new CookieBrowser(gateway.origin);
  await attacker.get('/auth/login');
  const { _csrf = '' } = attacker.hidden();
  expect((await browser.post(`/auth/${form}`, { _csrf, factor: 'push' })).status).toBe(403);
});

it('a token in a header or in the address does not count', async () => {
  const { browser } = await signedIn();
  const { _csrf = '' } = browser.hidden();
  const page = await browser.post(
    `/auth/factor?_csrf=${_csrf}`,
    { _csrf: '', factor: 'push' },
    { headers: { 'x-csrf-token': _csrf } },
  );
  expect(page.status).toBe(403);
});

it('no page view signs in, pushes or signs out', async () => {
  const { browser } = await signedIn();
  const before = simulator().control.log().length;
  for (const form of ['factor?factor=push', 'passcode?passcode=100000007', 'cancel', 'restart']) {
    expect((await browser.get(`/auth/${form}`)).status).toBe(404);
  }
  expect(simulator().control.log()).toHaveLength(before);
  await browser.get('/auth/login');
  await browser.post('/auth/passcode', { passcode: '100000007' });
  await browser.get('/auth/logout');
  expect(browser.cookies.has(sessionCookie)).toBe(true);
});

it('no page of another origin may frame or script ours', async () => {
  const { browser } = await signedIn();
  const { headers } = await browser.get('/auth/login');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).not.toContain('unsafe');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['access-control-allow-origin']).toBeUndefined();
});
