import { describe, expect, it } from 'vitest';
import { BadArgumentError } from '../../src/duo/errors/input-errors.ts';
import type { NetworkError } from '../../src/duo/errors/network-error.ts';
import type { ApiResponse } from '../../src/duo/request.ts';
import { authAndFollow, followTransaction, pollStatusOnce } from '../../src/duo/transaction.ts';
import { caught } from '../../testing/caught.ts';
import {
  busyResponse,
  failResponse,
  noResponse,
  okResponse,
  responseWith,
} from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

type Answer = ApiResponse | NetworkError;

/** A response that took some seconds. */
const after = (seconds: number, response: ApiResponse): ApiResponse => ({
  ...response,
  receivedAtMs: response.sentAtMs + seconds * 1000,
});

const status = (result: string, name: string, seconds = 0) =>
  after(seconds, okResponse({ result, status: name, status_msg: `It is ${name}.` }));

const pushed = (seconds = 0) => status('waiting', 'pushed', seconds);
const allowed = (seconds = 0) => status('allow', 'allow', seconds);
const ranOut = (seconds: number) =>
  after(seconds, failResponse(40002, 'Invalid request parameters'));
const timeout = noResponse('timeout', 'unknown', { endpoint: 'auth_status' });
const reset = noResponse('reset', 'unknown', { endpoint: 'auth_status' });
const down = (code: number) => responseWith('', { status: code, contentType: 'text/html' });

const follow = (answers: readonly Answer[], deadlineSeconds = 60) =>
  runPlan(followTransaction('tx', { deadlineSeconds }), answers);

const secondsGiven = ({ sent }: ReturnType<typeof follow>) =>
  sent.map(({ withinSeconds }) => withinSeconds);

describe('followTransaction', () => {
  it('ends at once on a final status', () => {
    const run = follow([allowed()]);
    expect(run.result).toMatchObject({ result: 'allow', status: 'allow' });
    expect(run.reported).toEqual([]);
  });

  it('ends with the last status where the host cannot wait between two polls', () => {
    const plan = followTransaction('tx', { deadlineSeconds: 60 });
    const run = runPlan(plan, [pushed(), pushed()], { canWait: false });
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(run.waitedSeconds).toEqual([]);
  });

  it('reports each new status once, and asks again until the end', () => {
    const run = follow([
      status('waiting', 'calling'),
      status('waiting', 'calling', 5),
      status('waiting', 'answered', 4),
      status('deny', 'deny', 1),
    ]);
    expect(run.result).toMatchObject({ result: 'deny' });
    expect(run.reported).toEqual([
      { txid: 'tx', status: 'calling', statusMessage: 'It is calling.' },
      { txid: 'tx', status: 'answered', statusMessage: 'It is answered.' },
    ]);
    expect(run.waitedSeconds).toEqual([]);
    expect(run.sent.map((request) => request.params)).toEqual(Array(4).fill({ txid: 'tx' }));
  });

  it('pauses when a service answers at once with nothing new', () => {
    const run = follow([pushed(), pushed(), pushed(), allowed()]);
    expect(run.waitedSeconds).toEqual([1, 1]);
  });

  it('pauses until an answer has been held for a second', () => {
    expect(follow([pushed(), pushed(0.9), pushed(1), allowed()]).waitedSeconds).toEqual([1]);
  });

  it('gives each poll the time that is left', () => {
    expect(secondsGiven(follow([pushed(), pushed(25), allowed(5)]))).toEqual([60, 60, 35]);
  });

  it('is still waiting when the deadline comes with a response', () => {
    const run = follow([pushed(), pushed(60)]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
  });

  it('is still waiting when the deadline cuts a poll short', () => {
    const run = follow([pushed(), timeout]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(run.waitedSeconds).toEqual([]);
  });

  it.each([Number.NaN, 0, -1, Number.NEGATIVE_INFINITY])('refuses a deadline of %d', (seconds) => {
    const options = { deadlineSeconds: seconds };
    const params = { username: 'alice', factor: 'push' } as const;
    expect(() => followTransaction('tx', options)).toThrow(BadArgumentError);
    expect(() => followTransaction('tx', options)).toThrow(/^The arguments of \/auth_status /);
    expect(() => authAndFollow(params, options)).toThrow(/deadlineSeconds: must be/);
  });
});

describe('a poll that is lost', () => {
  it('does not end a deadline of 300 s', () => {
    const run = follow([pushed(), timeout, timeout, timeout, timeout], 300);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(run.waitedSeconds).toEqual([1, 2, 4]);
    expect(secondsGiven(run)).toEqual([300, 300, 224, 147, 68]);
  });

  it.each([
    ['a time-out', timeout],
    ['a connection that broke off', reset],
    ['a refused connection', noResponse('refused', 'no')],
    ['429', busyResponse()],
    ['429 without a body', down(429)],
    ['500', failResponse(50000, 'Unknown internal server error')],
    ['502', down(502)],
    ['503', down(503)],
    ['504', down(504)],
  ])('is asked again: %s', (_what, lost) => {
    expect(follow([pushed(), lost, allowed()], 300).result).toMatchObject({ result: 'allow' });
    expect(follow([lost, pushed(), lost, allowed()], 300).result).toMatchObject({
      result: 'allow',
    });
  });

  it('counts as lost in a row until a status comes', () => {
    const five = Array(5).fill(down(503));
    const run = follow([...five, pushed(), ...five, allowed()], 300);
    expect(run.result).toMatchObject({ result: 'allow' });
    expect(run.waitedSeconds).toEqual([1, 2, 4, 8, 16, 1, 2, 4, 8, 16]);
  });

  it('ends the wait after six in a row, and says which transaction goes on', () => {
    const error = caught(() => follow([pushed(), ...Array(6).fill(reset)], 300));
    expect(error).toMatchObject({ kind: 'reset', txid: 'tx', sent: 'yes' });
    expect(error).toHaveProperty('advice', expect.stringContaining('follow the transaction'));
  });

  it('never waits beyond the deadline', () => {
    const run = follow([pushed(), down(503), down(503), down(503)], 5);
    expect(run.waitedSeconds).toEqual([1, 2, 2]);
    expect(run.result).toMatchObject({ result: 'waiting' });
  });

  it('is the error when the deadline comes and no status is known', () => {
    expect(caught(() => follow([timeout]))).toMatchObject({ kind: 'timeout', txid: 'tx' });
  });
});

describe('an error after a transaction began', () => {
  it.each([
    ['an unknown transaction', failResponse(40002, 'Invalid', 'txid'), { duoCode: 40002 }],
    ['a refusal', failResponse(40103, 'No'), { duoCode: 40103 }],
    ['an unknown shape', okResponse({}), { code: 'unreadable_reply' }],
    ['a certificate', noResponse('tls', 'no'), { kind: 'tls' }],
    ['a host name', noResponse('dns', 'no', { reason: 'ENOTFOUND' }), { kind: 'dns' }],
  ])('ends the wait and carries the txid: %s', (_what, answer, expected) => {
    for (const plan of [pollStatusOnce('tx'), followTransaction('tx', { deadlineSeconds: 60 })]) {
      const error = caught(() => runPlan(plan, [answer]));
      expect(error).toMatchObject({ ...expected, txid: 'tx', sent: 'yes' });
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ txid: 'tx', sent: 'yes' });
    }
  });

  it('that is none of ours passes unchanged', () => {
    const broken = Object.defineProperty(okResponse({}), 'body', {
      get: () => {
        throw new RangeError('out of memory');
      },
    });
    expect(caught(() => follow([broken]))).toEqual(new RangeError('out of memory'));
  });
});

describe('a poll that ran out', () => {
  it('is asked again, at once when Duo had held it', () => {
    const answers = [ranOut(30), allowed(10)];
    for (const plan of [pollStatusOnce('tx'), followTransaction('tx', { deadlineSeconds: 90 })]) {
      const run = runPlan(plan, answers);
      expect(run.result).toMatchObject({ result: 'allow' });
      expect(run.waitedSeconds).toEqual([]);
    }
  });

  it('is asked again after a pause when Duo did not hold it', () => {
    const run = runPlan(pollStatusOnce('tx'), [ranOut(0), status('deny', 'deny')]);
    expect(run.waitedSeconds).toEqual([1]);
  });

  it('keeps the last known status, and the deadline', () => {
    const run = follow([pushed(), ranOut(30), ranOut(30)]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(secondsGiven(run)).toEqual([60, 60, 30]);
    expect(run.reported).toHaveLength(1);
  });

  it('is the error when the time is over and nothing else is known', () => {
    const expected = { duoCode: 40002, txid: 'tx' };
    expect(caught(() => follow([ranOut(60)]))).toMatchObject(expected);
    const once = () => runPlan(pollStatusOnce('tx'), [ranOut(40), ranOut(40)]);
    expect(caught(once)).toMatchObject(expected);
  });
});

it('pollStatusOnce gives any status, and waiting is one', () => {
  expect(runPlan(pollStatusOnce('tx'), [pushed()])).toMatchObject({
    result: { result: 'waiting', status: 'pushed' },
    reported: [],
  });
});

describe('authAndFollow', () => {
  const start = (answers: readonly Answer[]) =>
    runPlan(authAndFollow({ username: 'alice', factor: 'push' }, { deadlineSeconds: 60 }), answers);

  it('starts a transaction and follows it; the deadline counts from its start', () => {
    const run = start([after(10, okResponse({ txid: 'tx' })), pushed(), allowed(20)]);
    expect(run.result).toMatchObject({ result: 'allow' });
    expect(run.sent[0]).toMatchObject({ params: { async: '1' }, holdsOpen: false });
    expect(run.sent.map(({ endpoint, withinSeconds }) => [endpoint, withinSeconds])).toEqual([
      ['auth', undefined],
      ['auth_status', 60],
      ['auth_status', 60],
    ]);
  });

  it('has no transaction to name when none began', () => {
    const error = caught(() => start([failResponse(40002, 'Invalid', 'username')]));
    expect(error).toMatchObject({ duoCode: 40002, txid: undefined, sent: undefined });
  });
});
