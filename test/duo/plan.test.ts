import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { ask, chain, done, map, type Plan } from '../../src/duo/plan.ts';
import { apiRequest } from '../../src/duo/request.ts';
import { caught } from '../../testing/caught.ts';
import { responseWith } from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

const failure = new NetworkError('reset', 'ping', 'It broke off.', 'ECONNRESET');
const askPing = ask(apiRequest('ping', 'GET'), (response) => response.body);

const everyStep: Plan<string> = {
  waitSeconds: 3,
  next: () => ({ readClock: (elapsedMs: number) => reportAt(elapsedMs) }),
};

const reportAt = (elapsedMs: number): Plan<string> => ({
  report: { txid: 't', status: 'pushed', statusMessage: `After ${elapsedMs} ms.` },
  next: () => askPing,
});

describe('chain', () => {
  it('goes on at once from a plan that is done', () => {
    expect(runPlan(chain(done(1), (one) => done(one + 1))).result).toBe(2);
  });

  it('keeps every kind of step', () => {
    const run = runPlan(
      chain(everyStep, (body) => map(askPing, (second) => body + second)),
      [responseWith('a'), responseWith('b')],
    );
    expect(run.result).toBe('ab');
    expect(run.waitedSeconds).toEqual([3]);
    expect(run.reported).toMatchObject([{ statusMessage: 'After 3000 ms.' }]);
    expect(run.sent).toHaveLength(2);
  });

  it('keeps what follows where no one can wait', () => {
    const waiting: Plan<string> = {
      waitSeconds: 1,
      next: () => done('on'),
      onFailure: () => done('end'),
    };
    const step = map(waiting, (text) => `${text}!`);
    expect('onFailure' in step && step.onFailure?.(failure)).toEqual({ done: 'end!' });
  });

  it('keeps what follows a failure', () => {
    const { send, next } = askPing as Extract<typeof askPing, { send: unknown }>;
    const handled: Plan<string> = { send, next, onFailure: ({ kind }) => done(kind) };
    expect(
      runPlan(
        map(handled, (text) => `${text}!`),
        [failure],
      ).result,
    ).toBe('reset!');
  });

  it('adds no handling of its own', () => {
    expect(caught(() => runPlan(map(askPing, String), [failure]))).toBe(failure);
  });
});
