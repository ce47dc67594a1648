import { describe, expect, it } from 'vitest';
import type { SentState } from '../../src/duo/errors/duo-error.ts';
import type { NetworkErrorKind } from '../../src/duo/errors/network-error.ts';
import { ask, chain, done, type Plan } from '../../src/duo/plan.ts';
import { type ApiResponse, apiRequest, type Endpoint } from '../../src/duo/request.ts';
import { type RetryOptions, withRetry } from '../../src/duo/retry.ts';
import { caught } from '../../testing/caught.ts';
import { busyResponse, noResponse, okResponse, responseWith } from '../../testing/responses.ts';
import { runRetrying } from '../../testing/run-plan.ts';

const requestTo = (endpoint: Endpoint) =>
  apiRequest(endpoint, endpoint.startsWith('auth') ? 'POST' : 'GET', { username: 'alice' });

const asking =
  (endpoint: Endpoint = 'check') =>
  (options: RetryOptions): Plan<number> =>
    withRetry(
      ask(requestTo(endpoint), (response) => response.status),
      options,
    );

const busy = (times: number, overrides: Partial<ApiResponse> = {}) =>
  Array.from({ length: times }, () => busyResponse(overrides));

describe('429', () => {
  it('waits 1, 2, 4, 8, 16, 32 s, and then gives up', () => {
    const run = runRetrying(asking(), busy(7), { timeoutSeconds: 300 });
    expect(run.waitedSeconds).toEqual([1, 2, 4, 8, 16, 32]);
    expect(run.result).toBe(429);
  });

  it('adds up to a second by chance', () => {
    const run = runRetrying(asking(), [...busy(2), okResponse({})], { random: 0.25 });
    expect(run.waitedSeconds).toEqual([1.25, 2.25]);
  });

  it('waits as long as Duo asks', () => {
    const run = runRetrying(asking(), [...busy(2, { retryAfter: '5' }), okResponse({})]);
    expect(run.waitedSeconds).toEqual([5, 5]);
    expect(run.result).toBe(200);
  });

  it('gives up at once when Duo asks for more than there is time', () => {
    const run = runRetrying(asking(), busy(1, { retryAfter: '60' }), { timeoutSeconds: 60 });
    expect(run).toMatchObject({ result: 429, waitedSeconds: [] });
  });

  it('never waits beyond the time-out, and gives a retry the time that is left', () => {
    const run = runRetrying(asking(), busy(4), { timeoutSeconds: 10 });
    expect(run.waitedSeconds).toEqual([1, 2, 4]);
    expect(run.sent.map(({ withinSeconds }) => withinSeconds)).toEqual([undefined, 9, 7, 3]);
  });

  it.each<Endpoint>(['auth', 'enroll', 'preauth'])(
    'sends /%s again, its body and all',
    (endpoint) => {
      const { sent, retries } = runRetrying(asking(endpoint), [...busy(1), okResponse({})]);
      expect(sent.map(({ params }) => params)).toEqual([
        { username: 'alice' },
        { username: 'alice' },
      ]);
      expect(sent.map(({ id, attempt }) => [id, attempt])).toEqual([
        ['r1', 1],
        ['r1', 2],
      ]);
      expect(retries).toMatchObject([{ reason: '429', waitSeconds: 1, request: { endpoint } }]);
    },
  );
});

describe('no response', () => {
  const row = (
    endpoint: Endpoint,
    kind: NetworkErrorKind,
    sent: SentState,
    repeats: number,
    reason = 'E',
  ) => ({ endpoint, kind, sent, repeats, reason });

  it.each([
    row('auth', 'refused', 'no', 2, 'ECONNREFUSED'),
    row('auth', 'reset', 'no', 2),
    row('auth', 'dns', 'no', 2, 'EAI_AGAIN'),
    row('auth', 'proxy', 'no', 2, 'HTTP_502'),
    row('auth', 'reset', 'unknown', 0),
    row('enroll', 'reset', 'unknown', 0),
    row('enroll', 'refused', 'no', 2),
    row('preauth', 'reset', 'unknown', 2),
    row('auth_status', 'reset', 'unknown', 2),
    row('ping', 'reset', 'unknown', 2),
    row('check', 'reset', 'unknown', 2),
    row('logo', 'reset', 'unknown', 2),
    row('enroll_status', 'reset', 'unknown', 2),
    row('check', 'reset', 'no', 2, 'ERR_STREAM_PREMATURE_CLOSE'),
    row('check', 'timeout', 'unknown', 0),
    row('check', 'timeout', 'no', 0),
    row('check', 'dns', 'no', 0, 'ENOTFOUND'),
    row('check', 'tls', 'no', 0, 'CERT_HAS_EXPIRED'),
    row('check', 'proxy', 'no', 0, 'HTTP_407'),
    row('check', 'proxy', 'no', 0, 'CERT_HAS_EXPIRED'),
    row('check', 'proxy', 'no', 2, 'ECONNREFUSED'),
  ])('/$endpoint, $kind ($reason), sent: $sent: $repeats retries', (given) => {
    const { endpoint, kind, sent, repeats, reason } = given;
    const failure = noResponse(kind, sent, { reason, endpoint });
    let seen = 0;
    const counted = (options: RetryOptions) =>
      asking(endpoint)({
        ...options,
        onRetry: (retry) => {
          seen += 1;
          options.onRetry?.(retry);
        },
      });
    const failures = Array.from({ length: repeats + 1 }, () => failure);
    expect(caught(() => runRetrying(counted, failures))).toBe(failure);
    expect(seen).toBe(repeats);
  });

  it.each(['no', 'unknown'] as const)(
    'within a time-out of its own is not waited for again, sent: %s',
    (sent) => {
      const failure = noResponse('timeout', sent);
      const run = () => runRetrying(asking(), [failure], { timeoutSeconds: 300 });
      expect(caught(run)).toBe(failure);
    },
  );

  it('is forgotten when a retry is answered', () => {
    const failures = [noResponse('refused', 'no'), noResponse('reset', 'no')];
    const run = runRetrying(asking(), [...failures, okResponse({})]);
    expect(run).toMatchObject({ result: 200, waitedSeconds: [1, 2] });
    expect(run.retries.map(({ reason }) => reason)).toEqual(['refused', 'reset']);
  });

  it('leaves to the plan what the plan expects, once there is nothing to repeat', () => {
    const plan: Plan<string> = {
      send: requestTo('auth'),
      next: () => done('answered'),
      onFailure: (error) => ask(requestTo('check'), () => error.kind) as Plan<string>,
    };
    const failing = [noResponse('reset', 'unknown'), ...busy(1), okResponse({})];
    const run = runRetrying((options) => withRetry(plan, options), failing);
    expect(run.result).toBe('reset');
    expect(run.sent.map(({ endpoint }) => endpoint)).toEqual(['auth', 'check', 'check']);
  });
});

describe('every step of a plan', () => {
  it('is retried, and has a name and a time-out of its own', () => {
    const progress = { txid: 't', status: 'pushed', statusMessage: 'Pushed.' };
    const second: Plan<number> = {
      report: progress,
      next: () => ({
        waitSeconds: 3,
        next: () => ({ readClock: () => ask(requestTo('auth_status'), ({ status }) => status) }),
      }),
    };
    const plan = chain(
      ask(requestTo('auth'), () => 0),
      () => second,
    );
    const answers = [...busy(1), okResponse({}), ...busy(1), okResponse({})];
    const run = runRetrying((options) => withRetry(plan, options), answers);
    expect(run.sent.map(({ id, attempt }) => `${id} ${attempt}`)).toEqual([
      'r1 1',
      'r1 2',
      'r2 1',
      'r2 2',
    ]);
    expect(run.waitedSeconds).toEqual([1, 3, 1]);
    expect(run.reported).toEqual([progress]);
  });

  it('is left alone when it is done', () => {
    expect(runRetrying((options) => withRetry(done(1), options), []).result).toBe(1);
  });
});

it('works without onRetry', () => {
  const plan = (options: RetryOptions) => {
    const { onRetry: _, ...silent } = options;
    return asking()(silent);
  };
  expect(runRetrying(plan, [...busy(1), okResponse({})]).waitedSeconds).toEqual([1]);
});

describe('a status other than 429', () => {
  it.each([500, 502, 503, 504])('%i is not retried, whatever was asked', (status) => {
    for (const endpoint of ['auth', 'enroll', 'preauth', 'check'] as const) {
      const run = runRetrying(asking(endpoint), [responseWith('', { status, retryAfter: '1' })]);
      expect(run).toMatchObject({ result: status, waitedSeconds: [] });
    }
  });
});

describe('a request that continues the one before', () => {
  const continuing: Plan<number> = {
    send: requestTo('auth'),
    next: () => ({
      send: { ...requestTo('ping'), continues: true },
      next: (response: ApiResponse) => done(response.status),
    }),
  };
  const took = (seconds: number) => okResponse({}, { sentAtMs: 0, receivedAtMs: seconds * 1000 });
  const run = (answers: readonly ApiResponse[], timeoutSeconds = 60) =>
    runRetrying((options) => withRetry(continuing, options), answers, { timeoutSeconds });

  it('gets what is left of its time', () => {
    const { sent } = run([took(45), took(0)]);
    expect(sent.map(({ withinSeconds }) => withinSeconds)).toEqual([undefined, 15]);
  });

  it('is retried within what is left', () => {
    const { sent, result } = run([took(58), ...busy(2)]);
    expect(sent.map(({ withinSeconds }) => withinSeconds)).toEqual([undefined, 2, 1]);
    expect(result).toBe(429);
  });

  it('never gets a time-out of zero, which a host may take for none', () => {
    const { sent } = run([took(60), took(0)]);
    expect(sent[1]?.withinSeconds).toBe(0.001);
  });

  it('is one that says so: any other has a time of its own', () => {
    const plan = chain(
      ask(requestTo('auth'), () => 0),
      () => ask(requestTo('auth_status'), ({ status }) => status),
    );
    const { sent } = runRetrying((options) => withRetry(plan, options), [took(45), took(0)]);
    expect(sent.map(({ withinSeconds }) => withinSeconds)).toEqual([undefined, undefined]);
  });

  it('has a time of its own when nothing went before', () => {
    const alone: Plan<number> = {
      send: { ...requestTo('check'), continues: true },
      next: (response: ApiResponse) => done(response.status),
    };
    const { sent } = runRetrying((options) => withRetry(alone, options), [took(1)]);
    expect(sent[0]?.withinSeconds).toBeUndefined();
  });
});
