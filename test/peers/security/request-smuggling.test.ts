// The attack: one request on the way in is two on the way out, because gateway, proxy and server disagree
// about where a message ends. The second is no one's, or the next user's.
import { describe, expect, it } from 'vitest';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const inner = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\nX-User: admin\r\nX-Ignore: x';
const chunk = `${(inner.length + 4).toString(16)}\r\n${inner}\r\n\r\n\r\n0\r\n\r\n`;

/** A request in which `headers` and `body` follow the usual ones. */
type Form = readonly [name: string, method: string, headers: string, body: string];

const forms: readonly Form[] = [
  [
    'CL.TE',
    'POST',
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    `0\r\n\r\n${inner}\r\n\r\n`,
  ],
  ['TE.CL', 'POST', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', chunk],
  ['two lengths', 'POST', 'Content-Length: 0\r\nContent-Length: 80\r\n', `${inner}\r\n\r\n`],
  ['a list of lengths', 'POST', 'Content-Length: 0, 80\r\n', `${inner}\r\n\r\n`],
  ['a length with a sign', 'POST', 'Content-Length: +0\r\n', `${inner}\r\n\r\n`],
  ['a length in hexadecimal', 'POST', 'Content-Length: 0x0\r\n', `${inner}\r\n\r\n`],
  ['a length with a space', 'POST', 'Content-Length : 0\r\n', `${inner}\r\n\r\n`],
  ['a folded length', 'POST', 'X-A: b\r\n Content-Length: 0\r\n', `${inner}\r\n\r\n`],
  ['GET with a body', 'GET', `Content-Length: ${inner.length + 4}\r\n`, `${inner}\r\n\r\n`],
  ['GET with a body in chunks', 'GET', 'Transfer-Encoding: chunked\r\n', chunk],
  ['HEAD with a body', 'HEAD', `Content-Length: ${inner.length + 4}\r\n`, `${inner}\r\n\r\n`],
  ['DELETE with a body', 'DELETE', `Content-Length: ${inner.length + 4}\r\n`, `${inner}\r\n\r\n`],
  ['OPTIONS with a body', 'OPTIONS', `Content-Length: ${inner.length + 4}\r\n`, `${inner}\r\n\r\n`],
  ['chunked in disguise', 'POST', 'Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n', chunk],
  ['chunked after a tab', 'POST', 'Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n', chunk],
  [
    'chunked after a vertical tab',
    'POST',
    'Transfer-Encoding: \x0bchunked\r\nContent-Length: 4\r\n',
    chunk,
  ],
  ['chunked twice', 'POST', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', chunk],
  ['a list of encodings', 'POST', 'Transfer-Encoding: identity, chunked\r\n', chunk],
  [
    'a chunk with an extension',
    'POST',
    'Transfer-Encoding: chunked\r\n',
    `0;a="\r\n\r\n${inner}\r\n\r\n`,
  ],
  [
    'a chunk that ends in LF',
    'POST',
    'Transfer-Encoding: chunked\r\n',
    `2;\nxx\r\n0\r\n\r\n${inner}\r\n\r\n`,
  ],
  [
    'a chunk size that overflows',
    'POST',
    'Transfer-Encoding: chunked\r\n',
    `10000000000000000\r\n${inner}\r\n\r\n`,
  ],
  [
    'trailers',
    'POST',
    'Trailer: X-User\r\nTransfer-Encoding: chunked\r\n',
    '0\r\nX-User: admin\r\nRemote-User: admin\r\n\r\n',
  ],
  ['Trailer on a plain request', 'GET', 'Trailer: X-User\r\n', ''],
  ['TE', 'GET', 'TE: trailers, deflate\r\nConnection: TE\r\n', ''],
  [
    'Expect',
    'POST',
    `Expect: 100-continue\r\nContent-Length: ${inner.length + 4}\r\n`,
    `${inner}\r\n\r\n`,
  ],
  [
    'Upgrade to HTTP/2',
    'GET',
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n',
    `${inner}\r\n\r\n`,
  ],
  [
    'Upgrade to something',
    'GET',
    'Connection: Upgrade\r\nUpgrade: anything\r\n',
    `${inner}\r\n\r\n`,
  ],
  [
    'a WebSocket that is none',
    'GET',
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 777\r\n',
    `${inner}\r\n\r\n`,
  ],
  [
    'Connection names a length',
    'POST',
    `Connection: Content-Length\r\nContent-Length: ${inner.length + 4}\r\n`,
    `${inner}\r\n\r\n`,
  ],
  ['a bare CR', 'GET', `X-A: b\rX-User: admin\r\n`, ''],
  ['a NUL', 'GET', 'X-A: b\0c\r\n', ''],
  ['a header without a colon', 'GET', 'X-User admin\r\n', ''],
  ['pipelined', 'GET', '', `${inner}\r\n\r\n`],
];

describePeer('request smuggling', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'application');

    it.each(forms)('%s', async (_name, method, headers, body) => {
      const { origin, upstream } = door();
      const { cookieHeader } = await door().signedIn('bob');
      upstream.arrivals.splice(0);
      upstream.faults.splice(0);
      const head = `${method} /outer HTTP/1.1\r\nHost: ${new URL(origin).host}\r\n`;
      const cookie = `Cookie: ${cookieHeader}\r\n`;
      // With a session, without one, and to the gateway's own pages.
      await door().send(`${head}${cookie}${headers}\r\n${body}`);
      await door().send(`${head}${headers}\r\n${body}`);
      await door().send(`${head.replace('/outer', '/auth/login')}${headers}\r\n${body}`);
      expect(upstream.faults).toEqual([]);
      const arrived = upstream.arrivals.splice(0);
      expect(arrived.filter(({ line }) => !line.endsWith(' /outer'))).toEqual([]);
      expect(arrived.length).toBeLessThanOrEqual(1);
      for (const { headers: passed, raw } of arrived) {
        expect(passed['x-user']).toBe('bob');
        const names = raw.filter((_text, at) => at % 2 === 0).map((name) => name.toLowerCase());
        expect(names.filter((name) => name === 'x-user')).toHaveLength(1);
        const frames = names.filter((name) => /^(content-length|transfer-encoding)$/.test(name));
        expect(frames.length).toBeLessThanOrEqual(1);
      }
      // The connections in between are in step: the next users are themselves.
      const next = await door().signedIn('bob');
      const pages = await Promise.all([1, 2, 3].map(() => next.get('/next')));
      expect(pages.map(({ body: page }) => page.includes('Hello bob'))).toEqual([true, true, true]);
      expect(upstream.arrivals.some(({ line }) => line.includes('smuggled'))).toBe(false);
      expect(door().isAlive()).toBe(true);
      expect(door().gatewayLog()).not.toContain('"level":50');
    });
  });
});
