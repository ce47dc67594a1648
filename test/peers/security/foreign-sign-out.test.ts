// The attack: a page of somebody else signs the visitor out, with a link, a picture or a form that its
// browser sends along with the cookies of the session.
import { describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../../testing/cookie-browser.ts';
import { type Door, doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
const foreignLink = { referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' };

// Another page cannot read the token of a form.
const guessed = { _csrf: 'guessed' };

// Everything that ends a session, at the gateway or at the server behind.
const paths = ['/auth/logout', '/auth/end-session', '/logout', '/logout/', '/LOGOUT', '/login'];

/** The cookies as they were before the attack: a browser would keep them, whatever was answered. */
const isSignedIn = async (door: Door, cookies: ReadonlyMap<string, string>): Promise<boolean> => {
  const probe = new CookieBrowser(door.origin);
  for (const [name, value] of cookies) {
    probe.cookies.set(name, value);
  }
  return (await probe.get('/probe', { headers: { accept: 'application/json' } })).status === 200;
};

describePeer('foreign sign-out', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'xsoar');

    it.each(paths)('%s, by a link, a form or a script of another page', async (path) => {
      const browser = await door().signedIn();
      const cookies = new Map(browser.cookies);
      door().upstream.arrivals.splice(0);
      await browser.get(path, { headers: foreignLink });
      await browser.post(path, guessed, { headers: foreign });
      await browser.post(path, guessed, { headers: { ...foreign, origin: 'null' } });
      await browser.post(path, guessed, { headers: { ...foreign, 'x-forwarded-method': 'GET' } });
      const reached = door().upstream.arrivals.map(({ line }) => line);
      expect(reached.filter((line) => /log(?:in|out)/i.test(line))).toEqual([]);
      expect(await isSignedIn(door(), cookies)).toBe(true);
    });

    it("with a form token of the attacker's own", async () => {
      const browser = await door().signedIn();
      const cookies = new Map(browser.cookies);
      const attacker = door().browser();
      await attacker.get('/auth/login');
      const { _csrf = '' } = attacker.hidden();
      const page = await browser.post('/auth/logout', { _csrf }, { headers: foreign });
      expect(page.status).toBe(403);
      expect(await isSignedIn(door(), cookies)).toBe(true);
    });

    it('while the own sign-out still ends it', async () => {
      const browser = await door().signedIn();
      const cookies = new Map(browser.cookies);
      await browser.get('/auth/logout');
      await browser.post('/auth/logout');
      expect(await isSignedIn(door(), cookies)).toBe(false);
    });
  });
});
