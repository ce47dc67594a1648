import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DuoClient } from '../../../src/index.ts';
import { keys } from '../../../testing/keys.ts';
import { until } from '../../../testing/running-simulator.ts';
import { allowBody, type FaultServer, rawReply, startFaultServer } from './fault-server.ts';

/*
 * Many calls at once, and many one after the other: a bounded number of connections, nothing left
 * over, and no one kept waiting by somebody else's trouble.
 */

const start = async (...given: Parameters<typeof startFaultServer>): Promise<FaultServer> => {
  const server = await startFaultServer(...given);
  onTestFinished(server.close);
  return server;
};

const clientFor = ({ hostname, caFile }: FaultServer) =>
  new DuoClient({ hostname, ...keys, caFile, timeout: 60 });

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('1,000 calls at once', () => {
  it('share 64 connections, and leave no listener on the signal that they share', async () => {
    let most = 0;
    const server: FaultServer = await start((socket) => {
      most = Math.max(most, server.open());
      socket.write(rawReply(allowBody));
    });
    const warned: string[] = [];
    const note = ({ name }: Error) => void warned.push(name);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));

    const duo = clientFor(server);
    const { signal } = new AbortController();
    const responses = await Promise.all(times(1000, () => duo.check({ signal })));
    expect(responses).toHaveLength(1000);
    expect(server.requests).toHaveLength(1000);
    expect(most).toBeLessThanOrEqual(64);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(warned).not.toContain('MaxListenersExceededWarning');
  });
});

describe('a place', () => {
  it('is free again after a call that failed, and nothing is left on the signal', async () => {
    const server = await start((socket, request) => {
      if (request.startsWith('GET /auth/v2/check')) {
        socket.write(rawReply(allowBody));
      } else {
        socket.destroy();
      }
    });
    const duo = clientFor(server);
    const { signal } = new AbortController();
    const push = { username: 'a', factor: 'push', async: true } as const;
    const outcomes = await Promise.allSettled(times(70, () => duo.auth(push, { signal })));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(await duo.check()).toHaveProperty('time');
  });

  it('is free again after calls that ran out of time', async () => {
    const server = await start((socket, request) => {
      if (request.startsWith('GET /auth/v2/check')) {
        socket.write(rawReply(allowBody));
      }
    });
    const { hostname, caFile } = server;
    const duo = new DuoClient({ hostname, ...keys, caFile, timeout: 1 });
    const { signal } = new AbortController();
    const calls = times(64, () => duo.preauth({ username: 'a' }, { signal }));
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) {
      expect(outcome).toHaveProperty('reason.kind', 'timeout');
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(await duo.check()).toHaveProperty('time');
  });

  it('dates a request when it is there, and not when the wait for it began', async () => {
    let nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
    const answers: (() => void)[] = [];
    const dates: string[] = [];
    const server = await start((socket, request) => {
      dates.push(/^date: (.*)\r$/im.exec(request)?.[1] ?? '');
      answers.push(() => socket.write(rawReply(allowBody)));
    });
    const { hostname, caFile } = server;
    const duo = new DuoClient({ hostname, ...keys, caFile, timeout: 60, now: () => nowMs });
    const held = times(65, () => duo.check());
    await until(() => answers.length === 64, 'all places');
    nowMs += 200_000;
    answers[0]?.();
    await until(() => answers.length === 65, 'the last request');
    expect(dates.slice(0, 64)).toEqual(times(64, () => 'Fri, 02 Jan 2026 03:04:05 GMT'));
    expect(dates[64]).toBe('Fri, 02 Jan 2026 03:07:25 GMT');
    for (const answer of answers.slice(1)) {
      answer();
    }
    await Promise.all(held);
  });
});

describe('2,000 calls, of which three in ten are cancelled', () => {
  it('each get their own answer or their own end', { timeout: 60_000 }, async () => {
    let seed = 1;
    // The same numbers in every run.
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const server = await start((socket, request) => {
      const username = /username=(\w+)/.exec(request)?.[1];
      const body = { stat: 'OK', response: { result: 'deny', status_msg: username } };
      setTimeout(() => socket.write(rawReply(JSON.stringify(body))), random() * 20);
    });
    const duo = clientFor(server);
    let answered = 0;
    let cancelled = 0;
    const call = async (number: number): Promise<void> => {
      const username = `user${number}`;
      const abort = new AbortController();
      const isCancelled = random() < 0.3;
      const timer = isCancelled && setTimeout(() => abort.abort(), random() * 400);
      try {
        const { statusMessage } = await duo.preauth({ username }, { signal: abort.signal });
        expect(statusMessage).toBe(username);
        answered += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'cancelled', mayReachUser: false });
        expect(isCancelled).toBe(true);
        cancelled += 1;
      } finally {
        clearTimeout(timer || undefined);
      }
    };
    await Promise.all(Array.from({ length: 2000 }, (_, number) => call(number)));
    expect(answered + cancelled).toBe(2000);
    expect(cancelled).toBeGreaterThan(100);
    expect(server.open()).toBeLessThanOrEqual(64);
  });
});

describe('what waits', () => {
  it('for people leaves room for a short question', async () => {
    const server = await start((socket, request) => {
      if (request.startsWith('GET /auth/v2/check')) {
        socket.write(rawReply(allowBody));
      }
    });
    const duo = clientFor(server);
    const abort = new AbortController();
    const { signal } = abort;
    const held = times(300, () => duo.auth({ username: 'a', factor: 'push' }, { signal }));
    expect(await duo.check()).toHaveProperty('time');
    abort.abort();
    const outcomes = await Promise.allSettled(held);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('takes turns, so that people who ignore their phones keep no one else waiting', async () => {
    const server = await start((socket, request) => {
      if (request.includes('txid=quick')) {
        socket.write(rawReply(allowBody));
      }
    });
    const duo = clientFor(server);
    const abort = new AbortController();
    const { signal } = abort;
    const ignored = times(260, () => duo.followTransaction('ignored', { signal }));
    const startedAtMs = performance.now();
    const quick = await Promise.all(times(50, () => duo.followTransaction('quick')));
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect(quick.every(({ result }) => result === 'allow')).toBe(true);
    expect(server.open()).toBeLessThanOrEqual(256);
    abort.abort();
    const outcomes = await Promise.allSettled(ignored);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('for a host that does not answer leaves other hosts alone', async () => {
    const silent = await start(() => undefined);
    const well = await start((socket) => void socket.write(rawReply(allowBody)));
    const abort = new AbortController();
    const { signal } = abort;
    const stuck = clientFor(silent);
    const hanging = times(200, () => stuck.check({ signal }));
    const startedAtMs = performance.now();
    const duo = clientFor(well);
    await Promise.all(times(50, () => duo.check()));
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    abort.abort();
    await Promise.allSettled(hanging);
  });

  it('is gone from the service at once when it is cancelled', async () => {
    const server = await start(() => undefined);
    const abort = new AbortController();
    const duo = clientFor(server);
    const calls = times(100, () =>
      duo.auth({ username: 'a', factor: 'push' }, { signal: abort.signal }),
    );
    while (server.requests.length < 100) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    abort.abort();
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) {
      expect(outcome).toHaveProperty('reason.mayReachUser', true);
    }
    while (server.open() > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
});
