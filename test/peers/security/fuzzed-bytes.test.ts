// The attack: bytes that are no request, or almost one, until a parser fails and the process ends.
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const rounds = 150;

/** A small generator with a seed, so that a failure can be had again. */
const createRandom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
};

const seeds = [
  'GET /auth/login HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n',
  'GET /auth/verify?login=redirect HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: a\r\nX-Forwarded-Uri: /b\r\n\r\n',
  'POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 23\r\n\r\nusername=bob&password=x',
  'POST /auth/passcode HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n3\r\na=b\r\n0\r\nX: y\r\n\r\n',
  'GET /auth/events HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-xsoar-duo-login=x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET /auth/end-session HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Method: POST\r\nAuthorization: x\r\n\r\n',
];

const fuzzed = (random: (below: number) => number): Buffer => {
  const bytes = Buffer.from(seeds[random(seeds.length)] ?? '', 'latin1');
  for (let change = 0; change < 1 + random(6); change += 1) {
    bytes[random(bytes.length)] = random(256);
  }
  const cut = random(4) === 0 ? random(bytes.length) : bytes.length;
  return Buffer.concat([bytes.subarray(0, cut), random(3) === 0 ? bytes : Buffer.alloc(0)]);
};

const sendPlain = (port: number, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });

describePeer('fuzzed bytes', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'application');

    it('reach nothing and end nothing', async () => {
      const random = createRandom(20_261_124);
      for (let round = 0; round < rounds; round += 10) {
        const batch = Array.from({ length: 10 }, () => fuzzed(random));
        await Promise.all(batch.map((bytes) => door().send(bytes, { silentMs: 50 })));
      }
      expect(door().isAlive()).toBe(true);
      expect(door().upstream.arrivals).toEqual([]);
      expect(door().upstream.faults).toEqual([]);
    });

    it('on the gateway itself end nothing either', async () => {
      const random = createRandom(42);
      for (let round = 0; round < rounds; round += 10) {
        const batch = Array.from({ length: 10 }, () => fuzzed(random));
        await Promise.all(batch.map((bytes) => sendPlain(door().gatewayPort, bytes)));
      }
      expect(door().isAlive()).toBe(true);
      const browser = await door().signedIn('bob');
      expect((await browser.get('/x')).body).toContain('Hello bob');
      expect(door().gatewayLog()).not.toMatch(/"level":(50|60)|Error:/);
    });
  });
});
