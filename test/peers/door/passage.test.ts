// What each proxy, configured as the guide says, lets through to a web application and what not.
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { challengeCookie, sessionCookie } from '../../../testing/cookie-browser.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';
import { doorForSuite, missingForDoor } from './door.ts';

const socketTo = async (origin: string, headers: Record<string, string>): Promise<string> => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/websocket`, {
    headers,
    rejectUnauthorized: false,
  });
  const heard = await new Promise<string>((resolve) => {
    socket.once('open', () => socket.send('ping'));
    socket.once('message', (data) => resolve(String(data)));
    socket.once('unexpected-response', (_request, response) =>
      resolve(String(response.statusCode)),
    );
    socket.once('error', (error) => resolve(error.message));
  });
  socket.terminate();
  return heard;
};

describePeer('the door before an application', missingForDoor(...proxies), () => {
  describe.each(proxies)('with %s', (proxy) => {
    const door = doorForSuite(proxy, 'application');

    it('lets nothing through before the login, and back to the page after it', async () => {
      const browser = door().browser();
      await browser.get('/incidents?q=1&sort=2');
      expect(new URL(browser.page.url).pathname).toBe('/auth/login');
      expect(door().upstream.arrivals).toEqual([]);
      await browser.post('/auth/login', { username: 'grace', password: 'grace-password' });
      expect(browser.cookies.has(challengeCookie)).toBe(true);
      await browser.post('/auth/passcode', { passcode: '100000007' });
      expect(browser.cookies.has(sessionCookie)).toBe(true);
      expect(door().upstream.arrivals.map(({ line }) => line)).toEqual([
        'GET /incidents?q=1&sort=2',
      ]);
      expect(door().upstream.arrivals[0]?.headers['x-user']).toBe('grace');
      expect(door().audit()[0]).toMatchObject({
        user: 'grace',
        address: expect.stringContaining('127.0.0.1'),
      });
    });

    it('answers calls of scripts with 401', async () => {
      const { upstream, browser } = door();
      upstream.arrivals.splice(0);
      const page = await browser().get('/api', { headers: { accept: 'application/json' } });
      expect(page.status).toBe(401);
      const posted = await browser().post('/api');
      expect(posted.status).toBe(401);
      expect(upstream.arrivals).toEqual([]);
    });

    it('passes methods, queries and bodies on as they are', async () => {
      const browser = await door().signedIn();
      await browser.post('/x?a=%2F&b', { name: 'ü' });
      expect(door().upstream.arrivals.at(-1)).toMatchObject({
        line: 'POST /x?a=%2F&b',
        body: 'name=%C3%BC',
        headers: expect.not.objectContaining({ connection: expect.stringMatching(/upgrade/i) }),
      });
    });

    it('keeps the cookies of the gateway to itself', async () => {
      const browser = await door().signedIn();
      browser.cookies.set('own', '1');
      browser.cookies.set('__Secure-xsoar-duo-session', 'of all hosts of a domain');
      browser.cookies.set('last', '2');
      await browser.get('/x');
      const { cookie = '' } = door().upstream.arrivals.at(-1)?.headers ?? {};
      expect(cookie).not.toContain('xsoar-duo');
      expect(cookie).toContain('own=1');
      expect(cookie).toContain('last=2');
    });

    it('shows what it asks the gateway to no one', async () => {
      const browser = await door().signedIn();
      for (const path of ['/auth/verify', '/auth/verify/api-key', '/auth/end-session']) {
        expect((await browser.get(path)).status, path).toBe(404);
      }
      expect((await browser.get('/healthz')).body).toContain('Application');
    });

    it('opens a WebSocket with a session', async () => {
      const browser = await door().signedIn();
      const { origin, upstream } = door();
      expect(await socketTo(origin, { cookie: browser.cookieHeader, origin })).toBe('echo ping');
      expect(upstream.arrivals.at(-1)?.headers).toMatchObject({
        connection: /upgrade/i,
        'x-user': 'bob',
      });
    });

    it('opens none without, nor for a page of another origin', async () => {
      const browser = await door().signedIn();
      const { origin, upstream } = door();
      upstream.arrivals.splice(0);
      expect(await socketTo(origin, { origin })).toBe('401');
      const cookie = browser.cookieHeader;
      expect(await socketTo(origin, { cookie, origin: 'https://evil.example' })).toBe('403');
      expect(await socketTo(origin, { cookie })).toBe('403');
      expect(upstream.arrivals).toEqual([]);
    });

    it('refuses other names of the machine', async () => {
      const answer = await door().send('GET / HTTP/1.1\r\nHost: other.example\r\n\r\n');
      expect(answer).toMatch(/^HTTP\/1\.1 421 |^$/);
    });

    it('lets nothing through when the gateway is gone', async () => {
      const browser = await door().signedIn();
      door().killGateway();
      door().upstream.arrivals.splice(0);
      const page = await browser.get('/x');
      expect(page.status).toBeGreaterThanOrEqual(500);
      expect(door().upstream.arrivals).toEqual([]);
    });
  });
});
