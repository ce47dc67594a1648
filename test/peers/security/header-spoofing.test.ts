// The attack: headers that only the proxy may set are sent by the browser, to be somebody else to the
// application, to come from another address, or to be sent back to another site.
import { describe, expect, it } from 'vitest';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const names = [
  'Remote-User',
  'Remote-Groups',
  'Remote-Name',
  'Remote-Email',
  'X-Remote-User',
  'X-Remote-Groups',
  'X-User',
  'X-Forwarded-User',
  'X-Forwarded-Email',
  'X-Forwarded-Groups',
  'X-Forwarded-Prefix',
  'X-Forwarded-Preferred-Username',
  'X-Auth-Request-User',
  'X-Auth-Request-Email',
  'X-Auth-Request-Anything',
  'X-Authentik-Username',
  'X-Authentik-Anything',
  'X-WebAuth-User',
  'X-WebAuth-Anything',
  'X-Authenticated-User',
  'X-Original-URL',
  'X-Rewrite-URL',
  'X-Real-IP',
  'True-Client-IP',
  'X-Client-IP',
  'Forwarded',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Uri',
  'X-Forwarded-Method',
];

const spellings = (name: string): readonly string[] => [
  name,
  name.toLowerCase(),
  name.toUpperCase(),
  name.replaceAll('-', '_'),
  name.toLowerCase().replaceAll('-', '_'),
  name.replaceAll('-', '.'),
  name.replace('-', '_'),
  name.replace(/-(?=[^-]*$)/, '_'),
];

describePeer('header spoofing', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'application');

    it('no header of a client says who is asking, in any spelling', async () => {
      const { origin, upstream } = door();
      const { cookieHeader } = await door().signedIn('bob');
      upstream.arrivals.splice(0);
      const reached: string[] = [];
      for (const name of names.flatMap(spellings)) {
        const { host } = new URL(origin);
        await door().send(
          `GET /x HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookieHeader}\r\n${name}: spoofed.example\r\nConnection: close\r\n\r\n`,
          { silentMs: 5_000 },
        );
        const [arrival, ...more] = upstream.arrivals.splice(0);
        expect(more).toEqual([]);
        if (arrival !== undefined && JSON.stringify(arrival.raw).includes('spoofed')) {
          reached.push(name);
        }
        // A proxy may refuse such a request; one that it passes says who it is.
        expect([undefined, 'bob']).toContain(arrival?.headers['x-user']);
      }
      expect(reached).toEqual([]);
    });

    it('what is no identity goes through', async () => {
      const browser = await door().signedIn('bob');
      await browser.get('/x', { headers: { 'x-xsrf-token': '1', 'x-requested-with': '2' } });
      expect(door().upstream.arrivals.at(-1)?.headers).toMatchObject({
        'x-xsrf-token': '1',
        'x-requested-with': '2',
      });
    });

    it('a Connection header takes nothing of the proxy away', async () => {
      const { origin, upstream } = door();
      const { cookieHeader } = await door().signedIn('bob');
      upstream.arrivals.splice(0);
      await door().send(
        `GET /x HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nCookie: ${cookieHeader}\r\nConnection: close, X-User, X-Forwarded-For, Cookie\r\n\r\n`,
      );
      for (const { headers } of upstream.arrivals) {
        expect(headers['x-user']).toBe('bob');
        expect(headers['x-forwarded-for']).toContain('127.0.0.1');
      }
    });

    it('a made-up address does not reach the audit log, nor a made-up host the redirect', async () => {
      const browser = door().browser();
      const made = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' };
      await browser.get('/x', { headers: made, follow: false });
      expect(String(browser.page.headers['location'])).toContain(`${door().origin}/auth/login`);
      await browser.get('/auth/login');
      await browser.post('/auth/login', { username: 'bob', password: 'wrong' }, { headers: made });
      expect(JSON.stringify(door().audit())).not.toContain('203.0.113.9');
    });
  });
});
