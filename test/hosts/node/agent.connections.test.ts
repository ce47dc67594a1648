import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idleMsOf } from '../../../src/hosts/node/agent.ts';
import { createIntegration, DuoClient, type DuoClientOptions } from '../../../src/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import {
  allowBody,
  type FaultServer,
  type Play,
  rawReply,
  startFaultServer,
} from './fault-server.ts';

/*
 * Connections that are kept. A response carries nothing that says which request it answers, so what
 * an earlier request, or somebody on the way, has left on a connection must never reach the next one.
 */

const push = { username: 'alice', factor: 'push' } as const;
const denyBody = allowBody.replaceAll('"allow"', '"deny"');

interface Started extends FaultServer {
  /** The connections on which requests came, in order. */
  readonly used: TLSSocket[];
  readonly duo: DuoClient;
}

const start = async (play: Play, options: Partial<DuoClientOptions> = {}): Promise<Started> => {
  const used: TLSSocket[] = [];
  const server = await startFaultServer((socket, request, reset) => {
    used.push(socket);
    play(socket, request, reset);
  });
  onTestFinished(server.close);
  const { hostname, caFile } = server;
  const duo = new DuoClient({ hostname, ...keys, caFile, timeout: 5, ...options });
  return { ...server, used, duo };
};

const answer =
  (body = denyBody, headers = {}): Play =>
  (socket) =>
    void socket.write(rawReply(body, headers));

// So long that a connection does not end of itself within a test.
const kept = { 'Keep-Alive': 'timeout=60' };

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) {
    await sleep(5);
  }
};

describe('an unasked response on a kept connection', () => {
  it('that lies unread is not taken for the answer to the next request', async () => {
    const { duo, used } = await start(answer());
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
    // In the same turn of the event loop: the client has had no chance to read it.
    used[0]?.write(rawReply(allowBody));
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
    expect(used[1]).not.toBe(used[0]);
  });

  it('ends the connection while it is idle', async () => {
    const { duo, used, open } = await start(answer());
    await duo.auth(push);
    used[0]?.write(rawReply(allowBody));
    await until(() => open() === 0);
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
  });

  it('right behind the one that was asked for is not kept for later', async () => {
    const twice = Buffer.concat([rawReply(denyBody), rawReply(allowBody)]);
    const { duo, used } = await start((socket) => void socket.write(twice));
    for (const _call of [1, 2]) {
      const settled = await duo.auth(push).catch((error) => error);
      expect(settled).not.toHaveProperty('result', 'allow');
    }
    expect(used[1]).not.toBe(used[0]);
  });
});

describe('a connection that the server ends', () => {
  it.each([
    ['with an end', (socket: TLSSocket) => void socket.end()],
    ['without a word', (socket: TLSSocket) => void socket.destroy()],
  ])('%s, unread, at the moment of its next use costs no push', async (_how, end) => {
    const { duo, used, requests } = await start(answer());
    await duo.auth(push);
    end(used[0] as TLSSocket);
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
    expect(requests).toHaveLength(2);
  });

  it('after a push went out on it leaves the push unknown, and says so', async () => {
    const { duo, requests } = await start((socket, request) => {
      if (request.startsWith('GET')) {
        socket.write(rawReply(allowBody));
      } else {
        socket.destroy();
      }
    });
    await duo.check();
    const error = await rejection(duo.auth(push));
    expect(error).toMatchObject({ code: 'network', kind: 'reset', sent: 'unknown' });
    expect((error as { advice: string }).advice).toMatch(/may still reach/);
    expect(requests).toHaveLength(2);
  });
});

describe('an idle connection', () => {
  it.each([
    [undefined, 4_000],
    ['max=100', 4_000],
    ['timeout=5', 4_000],
    ['timeout=5, max=100', 4_000],
    ['max=100, timeout=30', 29_000],
    ['timeout=1', 0],
    ['timeout=0', -1_000],
    ['timeout=3600', 55_000],
  ])('with Keep-Alive: %s is used within %i ms', (header, milliseconds) => {
    expect(idleMsOf(header)).toBe(milliseconds);
  });

  it('is ended a second before the server says it will', async () => {
    const { duo, used, open } = await start(answer(denyBody, { 'Keep-Alive': 'timeout=2' }));
    await duo.auth(push);
    await duo.auth(push);
    expect(used[1]).toBe(used[0]);
    const idleSinceMs = performance.now();
    await until(() => open() === 0);
    expect(performance.now() - idleSinceMs).toBeLessThan(3000);
    await duo.auth(push);
    expect(used[2]).not.toBe(used[0]);
  });

  it('is not kept where the server keeps it for a second or less', async () => {
    const { duo, open } = await start(answer(denyBody, { 'Keep-Alive': 'timeout=1' }));
    await duo.auth(push);
    await until(() => open() === 0);
  });

  it('does not cut short a response that takes longer than that', async () => {
    const { duo } = await start(
      (socket) => {
        setTimeout(() => socket.write(rawReply(denyBody, { 'Keep-Alive': 'timeout=2' })), 1_300);
      },
      { timeout: 10 },
    );
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
    expect(await duo.auth(push)).toHaveProperty('result', 'deny');
  });

  it('is given up with the others when one of them has gone dead', {
    timeout: 15_000,
  }, async () => {
    let isDead = false;
    const play: Play = (socket) => {
      if (!isDead) {
        setTimeout(() => socket.write(rawReply(allowBody, kept)), 50);
      }
    };
    const { duo, open } = await start(play, { timeout: 1 });
    await Promise.all(Array.from({ length: 5 }, () => duo.check()));
    expect(open()).toBe(5);
    isDead = true;
    expect(await rejection(duo.check())).toHaveProperty('kind', 'timeout');
    await until(() => open() === 0);
  });
});

describe('close', () => {
  it('ends what is idle, lets what is under way end, and keeps nothing after it', async () => {
    let finish: () => void = () => undefined;
    const { duo, open } = await start((socket, request) => {
      if (request.startsWith('GET')) {
        socket.write(rawReply(allowBody, kept));
      } else {
        finish = () => socket.write(rawReply(denyBody, kept));
      }
    });
    await duo.check();
    expect(open()).toBe(1);
    const pending = duo.auth(push);
    await sleep(50);
    await duo.check();
    expect(open()).toBe(2);
    duo.close();
    await until(() => open() === 1);
    finish();
    expect(await pending).toHaveProperty('result', 'deny');
    await until(() => open() === 0);
    await duo.check();
    await until(() => open() === 0);
  });

  it('of an integration does the same', async () => {
    const { hostname, caFile, open } = await start(answer(allowBody, kept));
    const integration = createIntegration({ hostname, ...keys, ca_file: caFile });
    await integration.run('duo-check');
    expect(open()).toBe(1);
    integration.close();
    await until(() => open() === 0);
  });

  it('of a client that has sent nothing does nothing, and nothing is kept afterwards', async () => {
    const { duo, open } = await start(answer(allowBody, kept));
    duo.close();
    await duo.check();
    await until(() => open() === 0);
  });
});
