// The attack: a path that proxy, gateway and server read differently, so that something that needs a
// session looks like something that does not.
import { describe, expect, it } from 'vitest';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const paths = [
  '//incidents',
  '/auth//../incidents',
  '/auth/../incidents',
  '/auth/assets/../../incidents',
  '/auth/assets/..%2f..%2fincidents',
  '/auth/assets/%2e%2e/%2e%2e/incidents',
  '/auth/..;/incidents',
  '/auth/login/..;/..;/incidents',
  '/auth%2flogin/incidents',
  '/auth/login%00/incidents',
  '/AUTH/login/incidents',
  '/auth/login;x=/incidents',
  '/auth\\..\\incidents',
  '/auth/%5c..%5c..%5cincidents',
  '/incidents/..%2fauth/login',
  '/%61uth/../incidents',
  '/healthz/../incidents',
  '/incidents#/auth/',
  '/incidents?/auth/',
  '/saml/../incidents',
  '/saml%2f..%2fincidents',
  '/login/../incidents',
  '/logout/../incidents',
  'http://127.0.0.1/incidents',
  'http://localhost/auth/../incidents',
  '*',
  'incidents',
];

describePeer('path confusion', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    describe.each(['application', 'xsoar'] as const)('to %s', (kind) => {
      const door = doorForSuite(proxy, kind);

      it.each(paths)('%s reaches nothing without a session', async (path) => {
        const { origin, upstream } = door();
        const { host } = new URL(origin);
        upstream.arrivals.splice(0);
        for (const method of ['GET', 'POST']) {
          await door().send(
            `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
          );
        }
        expect(upstream.arrivals).toEqual([]);
        expect(door().isAlive()).toBe(true);
      });
    });
  });
});
