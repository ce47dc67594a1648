import { describe, expect, it } from 'vitest';
import { errorCodes, errorMessages } from '../../../src/simulator/core/error-codes.ts';
import type { InjectedFault, Simulator } from '../../../src/simulator/index.ts';
import { startStill, until } from '../../../testing/running-simulator.ts';
import { call, callOk, send } from '../duo-caller.ts';

const ping = (simulator: Simulator) => send(simulator, 'GET', '/auth/v2/ping', {});

const startWith = async (...faults: InjectedFault[]): Promise<Simulator> => {
  const simulator = await startStill();
  simulator.control.setFaults(faults);
  return simulator;
};

describe('what goes wrong', () => {
  it.each(errorCodes)('error %i', async (code) => {
    const simulator = await startWith({ kind: 'error', code, retryAfterSeconds: 7 });
    const reply = await ping(simulator);
    expect(reply.status).toBe(Math.floor(code / 100));
    expect(reply.json).toEqual({ code, message: errorMessages[code], stat: 'FAIL' });
    expect(reply.headers['retry-after']).toBe('7');
  });

  it.each([400, 413, 502, 503, 599])('an HTML page with %i', async (status) => {
    const reply = await ping(await startWith({ kind: 'html', status }));
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('text/html');
    expect(reply.body.toString()).toContain('Duo/1.0');
  });

  it.each([
    ['malformed', /Unexpected end|JSON/],
    ['empty', /Unexpected end/],
  ] as const)('a body that is %s', async (kind, problem) => {
    const reply = await ping(await startWith({ kind }));
    expect(reply.status).toBe(200);
    expect(() => JSON.parse(reply.body.toString())).toThrow(problem);
  });

  it('half an answer', async () => {
    const simulator = await startWith({ kind: 'truncated' });
    await expect(ping(simulator)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.control.log()).toMatchObject([{ outcome: 'truncated', status: 200 }]);
  });

  it('a reset', async () => {
    const simulator = await startWith({ kind: 'reset' });
    await expect(ping(simulator)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.control.log()).toMatchObject([{ outcome: 'reset', status: 0 }]);
  });

  it('no answer at all', async () => {
    const simulator = await startWith({ kind: 'hang' });
    const controller = new AbortController();
    const answer = call(simulator, 'GET', 'check', {}, { signal: controller.signal });
    await until(() => simulator.control.log().length === 1);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a late answer', async () => {
    const simulator = await startWith({ kind: 'latency', seconds: 3 });
    let isAnswered = false;
    const answer = ping(simulator).finally(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    simulator.control.advance(2.9);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isAnswered).toBe(false);
    simulator.control.advance(0.1);
    expect((await answer).status).toBe(200);
  });

  it('a wrong clock', async () => {
    const simulator = await startWith({ kind: 'clock', offsetSeconds: 3600 });
    const seconds = Math.floor(simulator.control.now() / 1000) + 3600;
    const reply = await ping(simulator);
    expect(reply.json.response).toEqual({ time: seconds });
    expect(Date.parse(String(reply.headers.date))).toBe(seconds * 1000);
    expect((await call(simulator, 'GET', 'check')).json.code).toBe(40105);
    const date = new Date(seconds * 1000).toUTCString();
    expect((await call(simulator, 'GET', 'check', {}, { date })).status).toBe(200);
  });
});

describe('whom it hits', () => {
  it('one endpoint', async () => {
    const simulator = await startWith({ kind: 'error', code: 50000, endpoint: 'check' });
    expect((await ping(simulator)).status).toBe(200);
    expect((await call(simulator, 'GET', 'check')).status).toBe(500);
  });

  it('one user, by name and by transaction', async () => {
    const simulator = await startWith({ kind: 'error', code: 50000, username: 'Grace' });
    const status = async (username: string) =>
      (await call(simulator, 'POST', 'preauth', { username })).status;
    expect(await status('bob')).toBe(200);
    expect(await status('grace')).toBe(500);
    simulator.control.setFaults([]);
    const { txid } = await callOk(simulator, 'POST', 'auth', {
      username: 'grace',
      factor: 'push',
      device: 'auto',
      async: '1',
    });
    simulator.control.setFaults([{ kind: 'error', code: 50000, username: 'grace' }]);
    const polled = await call(simulator, 'GET', 'auth_status', { txid: String(txid) });
    expect(polled.status).toBe(500);
  });

  it('some requests: after a few, so many of them', async () => {
    const simulator = await startWith({ kind: 'error', code: 42901, skip: 1, count: 2 });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) {
      statuses.push((await ping(simulator)).status);
    }
    expect(statuses).toEqual([200, 429, 429, 200, 200]);
  });

  it('by chance, the same chance for the same seed', async () => {
    const simulator = await startStill();
    const draw = async (seed: number) => {
      simulator.control.setFaults([{ kind: 'error', code: 50000, probability: 0.5 }], seed);
      const statuses = [];
      for (let index = 0; index < 24; index += 1) {
        statuses.push((await ping(simulator)).status);
      }
      return statuses;
    };
    const first = await draw(7);
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await draw(7)).toEqual(first);
    expect(await draw(8)).not.toEqual(first);
  });
});

describe('whether the work is done', () => {
  const push = { username: 'grace', factor: 'push', device: 'auto', async: '1' };

  it('is not by default: no push goes out', async () => {
    const simulator = await startWith({ kind: 'reset' });
    await expect(call(simulator, 'POST', 'auth', push)).rejects.toThrow();
    expect(simulator.control.pending()).toEqual([]);
  });

  it('is with afterwards: the push goes out and no one is notified', async () => {
    const simulator = await startWith({ kind: 'reset', afterwards: true });
    await expect(call(simulator, 'POST', 'auth', push)).rejects.toThrow();
    expect(simulator.control.pending()).toHaveLength(1);
  });

  it('is not with a fault that spoils the answer and is notified not to wait', async () => {
    const simulator = await startWith({ kind: 'malformed', afterwards: false });
    await call(simulator, 'POST', 'auth', push);
    expect(simulator.control.pending()).toEqual([]);
  });
});
