/*
 * Responses that are not read any further. None of them is an approval, none is waited out, and the
 * request is not sent again because of it.
 */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toServer } from '../../../src/hosts/node/adapter.ts';
import { DuoClient } from '../../../src/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { until } from '../../../testing/running-simulator.ts';
import { allowBody, rawReply, startFaultServer } from './fault-server.ts';

const start = async (response: string | Buffer) => {
  const server = await startFaultServer((socket) => void socket.write(response));
  onTestFinished(server.close);
  const { hostname, caFile } = server;
  return { server, duo: new DuoClient({ hostname, ...keys, caFile, timeout: 5 }) };
};

const push = { username: 'alice', factor: 'push' } as const;

const expectRefused = async (response: string | Buffer, reason: string) => {
  const { server, duo } = await start(response);
  const startedAtMs = performance.now();
  expect(await rejection(duo.auth(push))).toMatchObject({ code: 'unreadable_reply', reason });
  expect(server.requests).toHaveLength(1);
  // What follows on such a connection is anybody's, so that it is not kept, even for a moment.
  await until(() => server.open() === 0, 'the end of the connection');
  expect(performance.now() - startedAtMs).toBeLessThan(3000);
};

it.each([
  ['api-12345678.duosecurity.com', 'api-12345678.duosecurity.com', 443],
  ['localhost:8443', 'localhost', 8443],
  // The settings accept these, and `new URL` does not.
  ['1.2.3.999', '1.2.3.999', 443],
  ['xn--a.example:444', 'xn--a.example', 444],
])('%s is connected to as %s, port %d', (hostname, host, port) => {
  expect(toServer(hostname)).toEqual({ origin: `https://${hostname}`, host, port });
});

describe('a change of protocol ends the call at once', () => {
  it.each([
    ['with a protocol', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
    ['without one', ''],
  ])('%s', async (_how, headers) => {
    const response = `HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n${allowBody}`;
    await expectRefused(response, 'it changes to another protocol');
  });
});

describe('a response that is compressed, unasked, is refused', () => {
  it.each([
    ['gzip', gzipSync(allowBody)],
    ['x-gzip', gzipSync(allowBody)],
    ['deflate', deflateSync(allowBody)],
    ['br', brotliCompressSync(allowBody)],
    ['zstd', Buffer.from(allowBody)],
    ['identity, gzip', gzipSync(allowBody)],
    ['gzip', gzipSync(allowBody).subarray(0, -8)],
    ['', Buffer.from(allowBody)],
  ])('Content-Encoding: %s', async (encoding, body) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
    const response = Buffer.concat([
      Buffer.from(`${head}Content-Encoding: ${encoding}\r\n\r\n`),
      body,
    ]);
    await expectRefused(response, 'it is compressed, which was not asked for');
  });

  it.each(['identity', 'Identity'])('but %s is no compression', async (encoding) => {
    const { duo } = await start(rawReply(allowBody, { 'Content-Encoding': encoding }));
    expect(await duo.auth(push)).toHaveProperty('result', 'allow');
  });
});

it('a response that is too large ends its connection', async () => {
  const response = rawReply(Buffer.alloc(2 * 1024 * 1024, 'x'));
  await expectRefused(response, 'it is larger than a response of Duo can be');
});
