/*
 * What a service that is broken, overloaded or hostile can do to a client, byte by byte, on a real
 * socket under TLS. For each fault: what the caller sees, how often the request goes out, and that a
 * push is not doubled. Nothing hangs, nothing crashes, no one is let in.
 */
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DuoClient } from '../../../src/index.ts';
import { keys } from '../../../testing/keys.ts';
import { allowBody, rawReply, startFaultServer } from '../../hosts/node/fault-server.ts';
import { replyRows } from './reply-rows.ts';
import { wireRows } from './wire-rows.ts';

// Room for two repeats, which come after up to 5 s.
const timeoutSeconds = 8;
// What a machine under load may take on top.
const graceMs = 3000;

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(() => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});

afterEach(() => {
  expect(unhandled).toEqual([]);
});

afterAll(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

type Settled = { readonly value: unknown } | { readonly error: unknown };

const settle = (promise: Promise<unknown>): Promise<Settled> =>
  promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );

const clientFor = ({ hostname, caFile }: { hostname: string; caFile: string }) =>
  new DuoClient({ hostname, ...keys, caFile, timeout: timeoutSeconds });

const calls = [
  { name: 'check', call: (duo: DuoClient) => duo.check() },
  {
    name: 'push',
    call: (duo: DuoClient) => duo.auth({ username: 'a', factor: 'push', async: true }),
  },
] as const;

describe.concurrent.each([...replyRows, ...wireRows])(
  '$what',
  ({ play, sees, reads, pushes = 1 }) => {
    it.concurrent.each(calls)('$name', { timeout: 60_000 }, async ({ name, call }) => {
      const server = await startFaultServer(play);
      try {
        const startedAtMs = performance.now();
        const settled = await settle(call(clientFor(server)));
        expect(performance.now() - startedAtMs).toBeLessThan(timeoutSeconds * 1000 + graceMs);
        if (sees === undefined) {
          expect(settled).toHaveProperty('value');
        } else {
          expect(settled).toHaveProperty('error', expect.objectContaining(sees));
        }
        expect(server.requests).toHaveLength(name === 'push' ? pushes : reads);
      } finally {
        await server.close();
      }
    });
  },
);

describe('a connection that breaks at any byte of an allow', () => {
  const whole = rawReply(allowBody);
  const pieces = Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length));

  const ends: readonly (readonly [string, (socket: TLSSocket, reset: () => void) => void])[] = [
    ['with a reset', (_socket, reset) => reset()],
    ['with an early end of TLS', (socket) => socket.destroy()],
  ];

  it.each(ends)(
    '%s lets no one in, and sends no second push',
    { timeout: 120_000 },
    async (_how, end) => {
      let cut = 0;
      const server = await startFaultServer((socket, _request, reset) => {
        const piece = pieces[cut] as Buffer;
        cut += 1;
        socket.write(piece, () => setImmediate(() => end(socket, reset)));
      });
      try {
        const duo = clientFor(server);
        const outcomes = await Promise.all(
          pieces.map(() => settle(duo.auth({ username: 'a', factor: 'push' }))),
        );
        expect(outcomes.filter((one) => 'value' in one)).toEqual([]);
        for (const { error } of outcomes as { error: { code: string } }[]) {
          expect(['network', 'unreadable_reply']).toContain(error.code);
        }
        expect(server.requests).toHaveLength(pieces.length);
      } finally {
        await server.close();
      }
    },
  );
});
