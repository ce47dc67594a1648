// The attack: cookies that are changed, cut, doubled or made up.
import { expect, it } from 'vitest';
import { CookieBrowser, challengeCookie, sessionCookie } from '../../testing/cookie-browser.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

const signedIn = async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('bob');
  return { gateway, id: browser.cookies.get(sessionCookie) ?? '' };
};

const flip = (id: string): string => (id.startsWith('A') ? 'B' : 'A') + id.slice(1);

it.each<[string, (id: string) => string]>([
  ['changed', flip],
  ['cut', (id) => id.slice(0, -1)],
  ['longer', (id) => `${id}A`],
  ['quoted', (id) => `"${id}"`],
  ['encoded', (id) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`],
  ['empty', () => ''],
  ['a path', () => '../../session:x'],
  ['a prototype', () => '__proto__'],
  ['huge', () => 'A'.repeat(10_000)],
])('a session that is %s is none', async (_how, change) => {
  const { gateway, id } = await signedIn();
  const headers = { cookie: `${sessionCookie}=${change(id)}` };
  const { status } = await rawRequest(gateway.origin, '/auth/verify', { headers });
  expect(status).toBe(401);
});

it('of two sessions in one request neither counts', async () => {
  const { gateway, id } = await signedIn();
  const cookie = `${sessionCookie}=${id}; ${sessionCookie}=${flip(id)}`;
  const { status } = await rawRequest(gateway.origin, '/auth/verify', { headers: { cookie } });
  expect(status).toBe(401);
  const right = { cookie: `a=b; ${sessionCookie}=${id}; c=d` };
  expect((await rawRequest(gateway.origin, '/auth/verify', { headers: right })).status).toBe(200);
});

it('a session of another name or prefix is none', async () => {
  const { gateway, id } = await signedIn();
  for (const name of ['xsoar-duo-session', `x${sessionCookie}`, sessionCookie.toLowerCase()]) {
    const headers = { cookie: `${name}=${id}` };
    expect((await rawRequest(gateway.origin, '/auth/verify', { headers })).status).toBe(401);
  }
});

it('a session is not a challenge, nor the other way round', async () => {
  const { gateway, id } = await signedIn();
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  const challenge = browser.cookies.get(challengeCookie) ?? '';
  const headers = { cookie: `${sessionCookie}=${challenge}` };
  expect((await rawRequest(gateway.origin, '/auth/verify', { headers })).status).toBe(401);
  const swapped = { cookie: `${challengeCookie}=${id}` };
  const page = await rawRequest(gateway.origin, '/auth/login', { headers: swapped });
  expect(page.body).toContain('name="username"');
});

it("a device of somebody else's in the cookie is not used", async () => {
  const { gateway } = await signedIn();
  const grace = simulator()
    .control.users()
    .find(({ username }) => username === 'grace');
  const browser = new CookieBrowser(gateway.origin);
  browser.cookies.set('__Host-xsoar-duo-device', grace?.devices[0]?.id ?? '');
  await browser.signIn('alice');
  await browser.post('/auth/factor', { factor: 'push', device: grace?.devices[0]?.id ?? '' });
  expect(browser.text).toContain('This device cannot be used that way');
  expect(simulator().control.pending()).toEqual([]);
});
