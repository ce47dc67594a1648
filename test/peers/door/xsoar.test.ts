// What each proxy, configured as the guide says, lets through to a Cortex XSOAR 6 server and what not.
import { describe, expect, it } from 'vitest';
import { CookieBrowser, sessionCookie } from '../../../testing/cookie-browser.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';
import { type Door, doorForSuite, missingForDoor } from './door.ts';

const script = { accept: 'application/json' };

const isSignedIn = async (door: Door, { cookies }: CookieBrowser): Promise<boolean> => {
  const probe = new CookieBrowser(door.origin);
  for (const [name, value] of cookies) {
    probe.cookies.set(name, value);
  }
  return (await probe.get('/probe', { headers: script })).status === 200;
};

const arrived = ({ upstream }: Door): string[] =>
  upstream.arrivals.splice(0).map(({ line }) => line);

describePeer('the door before XSOAR', missingForDoor(...proxies), () => {
  describe.each(proxies)('with %s', (proxy) => {
    const door = doorForSuite(proxy, 'xsoar');

    it('lets in whom XSOAR and Duo let in, with the cookies of both', async () => {
      const browser = door().browser();
      await browser.get('/');
      expect(new URL(browser.page.url).pathname).toBe('/auth/login');
      await browser.post('/auth/login', { username: 'grace', password: 'grace-password' });
      await browser.post('/auth/passcode', { passcode: '100000007' });
      expect([...browser.cookies.keys()]).toEqual(expect.arrayContaining(['S', sessionCookie]));
      arrived(door());
      await browser.post('/incidents/search?x=%2F', { query: 'ü' });
      expect(browser.page.body).toContain('Hello grace');
      const [call] = door().upstream.arrivals;
      expect(call).toMatchObject({ line: 'POST /incidents/search?x=%2F', body: 'query=%C3%BC' });
      expect(call?.headers.cookie).toContain('S=');
      expect(call?.headers.cookie).not.toContain('xsoar-duo');
    });

    it("closes the server's own login, in every spelling", async () => {
      const paths = [
        '/login',
        '/LOGIN',
        '/login/',
        '//login',
        '/%6cogin',
        '/x/../login',
        '/login;x',
      ];
      for (const path of paths) {
        const { cookieHeader } = await door().signedIn();
        arrived(door());
        const answer = await door().send(
          `POST ${path} HTTP/1.1\r\nHost: ${new URL(door().origin).host}\r\nCookie: ${cookieHeader}\r\n` +
            'Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
        );
        expect(answer, path).toMatch(/^HTTP\/1\.1 40[01] /);
        expect(arrived(door()), path).toEqual([]);
      }
    });

    it('a login that is posted to the server ends the session; a link to it does not', async () => {
      const browser = await door().signedIn();
      await browser.get('/login');
      expect(new URL(browser.page.url).pathname).toBe('/auth/logout');
      expect(await isSignedIn(door(), browser)).toBe(true);
      await browser.post('/login', {}, { headers: script });
      expect(browser.page.status).toBe(401);
      expect(await isSignedIn(door(), browser)).toBe(false);
    });

    it('signing out of the server ends both; a link or another page ends neither', async () => {
      const browser = await door().signedIn();
      arrived(door());
      await browser.get('/logout');
      await browser.post('/logout', {}, { headers: { origin: 'https://evil.example' } });
      expect(browser.page.status).toBe(403);
      expect(arrived(door())).toEqual([]);
      expect(await isSignedIn(door(), browser)).toBe(true);
      arrived(door());
      await browser.post('/logout', {}, { headers: { origin: door().origin } });
      expect(arrived(door())).toEqual(['POST /logout']);
      expect(await isSignedIn(door(), browser)).toBe(false);
    });

    it('passes a call whose key the server has confirmed, with the key alone', async () => {
      const { upstream, browser } = door();
      arrived(door());
      const caller = browser();
      caller.cookies.set('S', 'stolen');
      const headers = { ...script, authorization: upstream.apiKey };
      for (const path of ['/incidents', '/about']) {
        await caller.post(path, { a: '1' }, { headers });
        expect(caller.page.body).toContain('Hello robot');
      }
      expect(upstream.arrivals.at(-1)?.headers.cookie ?? '').toBe('');
      expect(arrived(door())).toEqual(['GET /user', 'POST /incidents', 'POST /about']);
    });

    it('passes no call with another key, not even with a session', async () => {
      const browser = await door().signedIn();
      arrived(door());
      for (const authorization of ['a-key-of-nobody', 'Basic Ym9iOmJvYi1wYXNzd29yZA==', 'x']) {
        await browser.get('/incidents', { headers: { ...script, authorization } });
        expect(browser.page.status).toBe(401);
      }
      expect(arrived(door()).filter((line) => line !== 'GET /user')).toEqual([]);
    });

    it('is closed for SAML, with a session and without', async () => {
      const paths = ['/saml', '/saml/', '/SAML', '/%73aml', '/saml-logout', '/saml?x=1'];
      const signedIn = await door().signedIn();
      arrived(door());
      for (const path of paths) {
        for (const browser of [signedIn, door().browser()]) {
          await browser.get(path);
          expect(browser.page.status, path).toBe(403);
          await browser.post(path, { SAMLResponse: 'x' });
          expect(browser.page.status, path).toBe(403);
        }
      }
      expect(arrived(door())).toEqual([]);
    });

    it('passes nothing without a session', async () => {
      arrived(door());
      for (const path of ['/about', '/websocket', '/d1ws']) {
        const page = await door().browser().get(path, { headers: script });
        expect(page.status, path).toBe(401);
      }
      expect(arrived(door())).toEqual([]);
    });

    it('refuses paths that two servers could read differently', async () => {
      const { cookieHeader } = await door().signedIn();
      arrived(door());
      const paths = [
        '/x/..%2flogin',
        '/x/%2e%2e/login',
        '/%256cogin',
        '/a;b/login',
        '/x\\login',
        '/./login',
      ];
      for (const path of paths) {
        const answer = await door().send(
          `GET ${path} HTTP/1.1\r\nHost: ${new URL(door().origin).host}\r\nCookie: ${cookieHeader}\r\nConnection: close\r\n\r\n`,
        );
        expect(answer, path).toMatch(/^HTTP\/1\.1 400 /);
      }
      expect(arrived(door())).toEqual([]);
    });
  });
});
