import { afterEach, describe, expect, it, vi } from 'vitest';
import { authStatusRequest } from '../../../src/duo/endpoints/auth-status.ts';
import { CancelledError, NetworkError } from '../../../src/duo/errors/network-error.ts';
import { ask, done, type Plan, type Progress } from '../../../src/duo/plan.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../../../src/duo/request.ts';
import { drive } from '../../../src/hosts/node/drive.ts';
import type { Send } from '../../../src/hosts/node/transport.ts';
import { rejection } from '../../../testing/caught.ts';
import { responseWith } from '../../../testing/responses.ts';

const failure = new NetworkError('reset', 'auth', 'It broke off.', 'ECONNRESET');
const answering: Send = async (request) => responseWith(request.endpoint);
const failing: Send = async () => {
  throw failure;
};
const askAuth = ask(apiRequest('auth', 'POST'), (response) => response.body);
const progress: Progress = { txid: 't', status: 'pushed', statusMessage: 'Pushed.' };

describe('drive', () => {
  it('takes every kind of step', async () => {
    const notified: Progress[] = [];
    const plan: Plan<string> = {
      report: progress,
      next: () => ({ waitSeconds: 0.001, next: () => askAuth }),
    };
    const options = { onProgress: (one: Progress) => void notified.push(one) };
    expect(await drive(plan, answering, options)).toBe('auth');
    expect(notified).toEqual([progress]);
  });

  it('needs no listener for progress', async () => {
    expect(await drive({ report: progress, next: () => done(1) }, answering)).toBe(1);
  });

  it('goes on after a failure that the plan expects', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => done('answered'),
      onFailure: ({ kind }) => done(kind),
    };
    expect(await drive(plan, failing)).toBe('reset');
  });

  it('throws a failure that the plan does not expect', async () => {
    expect(await rejection(drive(askAuth, failing))).toBe(failure);
  });

  it('does not take a plan’s own error for a failure to send', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => {
        throw failure;
      },
      onFailure: () => done('forgiven'),
    };
    expect(await rejection(drive(plan, answering))).toBe(failure);
  });

  it('throws what is no network failure, expected or not', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => done('answered'),
      onFailure: () => done('forgiven'),
    };
    const bug = new Error('a bug');
    expect(await rejection(drive(plan, () => Promise.reject(bug)))).toBe(bug);
  });
});

describe('an AbortSignal', () => {
  it('ends a plan before it starts', async () => {
    const error = await rejection(drive(askAuth, answering, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toHaveProperty('mayReachUser', false);
  });

  it('ends a plan between two steps, and warns of a push', async () => {
    const abort = new AbortController();
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => {
        abort.abort();
        return askAuth;
      },
    };
    const error = await rejection(drive(plan, answering, { signal: abort.signal }));
    expect(error).toHaveProperty('mayReachUser', true);
  });

  it('ends a wait at once', async () => {
    const abort = new AbortController();
    const waiting = drive({ waitSeconds: 3600, next: () => done(1) }, answering, {
      signal: abort.signal,
    });
    abort.abort();
    expect(await rejection(waiting)).toBeInstanceOf(CancelledError);
  });
});

describe('a cancelled call knows what may still be under way', () => {
  type Answer = ApiResponse | NetworkError | CancelledError;
  const answer = (status: number) => responseWith('', { status });
  const lost = (sent: 'no' | 'unknown') =>
    new NetworkError('reset', 'auth', 'It broke off.', 'ECONNRESET', { sent });

  /** Sends these one after the other, whatever comes of each, and is cancelled in the wait after them. */
  const cancelAfter = async (...steps: readonly (readonly [ApiRequest, Answer])[]) => {
    const abort = new AbortController();
    const answers = steps.map(([, given]) => given);
    const send: Send = async () => {
      const given = answers.shift() as Answer;
      if (given instanceof Error) {
        throw given;
      }
      return given;
    };
    const waiting: Plan<never> = {
      report: progress,
      next: () => {
        setImmediate(() => abort.abort());
        return { waitSeconds: 3600, next: () => waiting };
      },
    };
    const plan = steps.reduceRight<Plan<never>>(
      (rest, [request]) => ({ send: request, next: () => rest, onFailure: () => rest }),
      waiting,
    );
    const error = await rejection(drive(plan, send, { signal: abort.signal }));
    expect(error).toBeInstanceOf(CancelledError);
    return error;
  };

  const auth = apiRequest('auth', 'POST');
  const ping = apiRequest('ping', 'GET');
  const poll = authStatusRequest({ txid: 'tx' });

  it.each([200, 302, 500, 503])('a push that was answered with %i', async (status) => {
    expect(await cancelAfter([auth, answer(status)])).toHaveProperty('mayReachUser', true);
  });

  it.each([400, 401, 429, 499])('not a push that was refused with %i', async (status) => {
    expect(await cancelAfter([auth, answer(status)])).toHaveProperty('mayReachUser', false);
  });

  it.each([
    ['unknown', true],
    ['no', false],
  ] as const)('a push that got no response, sent: %s', async (sent, mayReachUser) => {
    expect(await cancelAfter([auth, lost(sent)])).toHaveProperty('mayReachUser', mayReachUser);
  });

  it.each([
    ['is refused', answer(429)],
    ['never leaves', lost('no')],
    ['is cancelled before it leaves', new CancelledError(undefined)],
  ])('a push before a request that %s', async (_what, second) => {
    const error = await cancelAfter([auth, answer(200)], [ping, second]);
    expect(error).toHaveProperty('mayReachUser', true);
  });

  it.each([
    ['was answered', answer(200)],
    ['was refused', answer(429)],
    ['never left', lost('no')],
    ['was cancelled', new CancelledError('auth_status')],
    ['was cancelled before it left', new CancelledError(undefined)],
  ])('the transaction of a poll that %s', async (_what, given) => {
    expect(await cancelAfter([poll, given])).toMatchObject({ txid: 'tx', sent: 'yes' });
  });

  it('the transaction of a poll that is yet to be sent', async () => {
    const plan = ask(poll, () => undefined);
    const error = await rejection(drive(plan, answering, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'cancelled', txid: 'tx', sent: 'yes' });
  });
});

describe('the clock of a plan', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([-20_000, 20_000])('is not the one that is set, here by %i ms', async (ms) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const plan: Plan<number> = {
      readClock: (firstMs) => {
        vi.setSystemTime(Date.now() + ms);
        return { readClock: (secondMs) => done(secondMs - firstMs) };
      },
    };
    const passedMs = await drive(plan, answering);
    expect(passedMs).toBeGreaterThanOrEqual(0);
    expect(passedMs).toBeLessThan(5000);
  });
});
