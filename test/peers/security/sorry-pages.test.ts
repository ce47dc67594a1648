// The attack: the server behind is down, and whatever answers in its place says "200" with a page and a
// cookie to every password. Taken for a yes, any password signs anybody in.
import { afterEach, describe, expect, it } from 'vitest';
import { challengeCookie, sessionCookie } from '../../../testing/cookie-browser.ts';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import type { Answer } from '../door/upstream.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const page = '<!doctype html><title>Sorry</title><h1>Back soon</h1>';
const cookie = 'S=of-the-balancer; Path=/; HttpOnly; Secure';

const sorry: readonly (readonly [name: string, path: string, answer: Answer])[] = [
  ['a page', '/login', { status: 200, cookie, body: page }],
  ['a page with status 503', '/login', { status: 503, cookie, body: page }],
  ['a page with status 401 at the first step', '/', { status: 401, body: page }],
  ['JSON of something else', '/login', { status: 200, cookie, body: { status: 'maintenance' } }],
  ['an empty name', '/login', { status: 200, cookie, body: { id: '', username: '' } }],
  ['a list', '/login', { status: 200, cookie, body: [{ username: 'admin' }] }],
  ['null', '/login', { status: 200, cookie, body: null }],
  ['a name that is a number', '/login', { status: 200, cookie, body: { username: 1 } }],
  ['a user without cookies', '/login', { status: 200, body: { username: 'bob' } }],
  ['cookies of somebody else', '/user', { status: 200, body: { username: 'admin' } }],
  ['cookies of no one', '/user', { status: 200, body: page }],
];

describePeer('sorry pages', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'xsoar');
    afterEach(() => door().upstream.answers.clear());

    it.each(sorry)('%s is an outage, never a password', async (_name, path, answer) => {
      const { upstream, simulator } = door();
      upstream.answers.set(path, answer);
      const before = simulator.control.log().length;
      const audited = door().audit().length;
      const browser = door().browser();
      await browser.get('/auth/login');
      await browser.post('/auth/login', { username: 'bob', password: 'bob-password' });
      expect(browser.page.status).toBe(503);
      for (const name of [challengeCookie, sessionCookie, 'S']) {
        expect(browser.cookies.has(name), name).toBe(false);
      }
      expect(simulator.control.log()).toHaveLength(before);
      await expect
        .poll(() => door().audit().slice(audited))
        .toMatchObject([{ event: 'first-factor', result: 'unavailable' }]);
    });

    it('an outage is nobody’s wrong password: afterwards all is as before', async () => {
      await expect(door().signedIn('bob')).resolves.toBeDefined();
      expect(door().isAlive()).toBe(true);
    });
  });
});
