import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { followTransaction, pollStatusOnce } from '../../src/duo/transaction.ts';
import { caught } from '../../testing/caught.ts';
import { failResponse, okResponse } from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

const startMs = 1_700_000_000_000;

const status = (result: string, name: string, sentSecond = 0, receivedSecond = sentSecond) =>
  okResponse(
    { result, status: name, status_msg: `It is ${name}.` },
    { sentAtMs: startMs + sentSecond * 1000, receivedAtMs: startMs + receivedSecond * 1000 },
  );

const failed = (kind: 'timeout' | 'reset') =>
  new NetworkError(kind, 'auth_status', 'No answer.', 'ETIMEDOUT');

const follow = (deadlineSeconds = 60, startedAtMs?: number) =>
  followTransaction('tx', { deadlineSeconds, ...(startedAtMs && { startedAtMs }) });

describe('followTransaction', () => {
  it('ends at once on a final status', () => {
    const run = runPlan(follow(), [status('allow', 'allow')]);
    expect(run.result).toMatchObject({ result: 'allow', status: 'allow' });
    expect(run.reported).toEqual([]);
  });

  it('reports each new status once, and asks again until the end', () => {
    const run = runPlan(follow(), [
      status('waiting', 'calling', 0, 0),
      status('waiting', 'calling', 0, 5),
      status('waiting', 'answered', 5, 9),
      status('deny', 'deny', 9, 10),
    ]);
    expect(run.result).toMatchObject({ result: 'deny' });
    expect(run.reported.map((one) => one.status)).toEqual(['calling', 'answered']);
    expect(run.waitedSeconds).toEqual([]);
    expect(run.sent.map((request) => request.params)).toEqual(Array(4).fill({ txid: 'tx' }));
  });

  it('pauses when a service answers at once with nothing new', () => {
    const run = runPlan(follow(), [
      status('waiting', 'pushed', 0),
      status('waiting', 'pushed', 0),
      status('waiting', 'pushed', 1),
      status('allow', 'allow', 2),
    ]);
    expect(run.waitedSeconds).toEqual([1, 1]);
  });

  it('gives each poll only the time that is left', () => {
    const run = runPlan(follow(60), [
      status('waiting', 'pushed', 0),
      status('waiting', 'pushed', 0, 25),
      status('allow', 'allow', 25, 30),
    ]);
    expect(run.sent.map((request) => request.withinSeconds)).toEqual([60, 60, 35]);
  });

  it('counts from the start of the transaction when that is known', () => {
    const run = runPlan(follow(60, startMs - 50_000), [
      status('waiting', 'pushed', 0),
      status('allow', 'allow', 0, 5),
    ]);
    expect(run.sent.map((request) => request.withinSeconds)).toEqual([60, 10]);
  });

  it('is still waiting when the deadline comes with an answer', () => {
    const run = runPlan(follow(60), [
      status('waiting', 'pushed', 0),
      status('waiting', 'pushed', 0, 60),
    ]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
  });

  it('is still waiting when the deadline cuts a poll short', () => {
    const run = runPlan(follow(60), [status('waiting', 'pushed', 0), failed('timeout')]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
  });

  it('fails when not even the first poll was answered', () => {
    const failure = failed('timeout');
    expect(caught(() => runPlan(follow(), [failure]))).toBe(failure);
  });

  it('fails when the connection breaks', () => {
    const failure = failed('reset');
    expect(caught(() => runPlan(follow(), [status('waiting', 'pushed'), failure]))).toBe(failure);
  });
});

const at = (sentSecond: number, receivedSecond: number) => ({
  sentAtMs: startMs + sentSecond * 1000,
  receivedAtMs: startMs + receivedSecond * 1000,
});

const ranOut = (sentSecond: number, receivedSecond: number) => ({
  ...failResponse(40002, 'Invalid request parameters'),
  ...at(sentSecond, receivedSecond),
});
const unknownTransaction = failResponse(40002, 'Invalid request parameters', 'txid');
describe('a poll that ran out', () => {
  it('is asked again, at once when Duo had held it', () => {
    const answers = [ranOut(0, 30), status('allow', 'allow', 30, 40)];
    for (const plan of [pollStatusOnce('tx'), followTransaction('tx', { deadlineSeconds: 90 })]) {
      const run = runPlan(plan, answers);
      expect(run.result).toMatchObject({ result: 'allow' });
      expect(run.waitedSeconds).toEqual([]);
    }
  });

  it('is asked again after a pause when Duo did not hold it', () => {
    const run = runPlan(pollStatusOnce('tx'), [ranOut(0, 0), status('deny', 'deny', 1)]);
    expect(run.waitedSeconds).toEqual([1]);
  });

  it('keeps the last known status, and its deadline', () => {
    const follow = followTransaction('tx', { deadlineSeconds: 60 });
    const run = runPlan(follow, [status('waiting', 'pushed'), ranOut(0, 30), ranOut(30, 60)]);
    expect(run.result).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(run.sent.map(({ withinSeconds }) => withinSeconds)).toEqual([60, 60, 30]);
    expect(run.reported).toHaveLength(1);
  });

  it('is told as it is when the time is over and nothing else is known', () => {
    const follow = followTransaction('tx', { deadlineSeconds: 60 });
    const both = [
      [follow, [ranOut(0, 60)]],
      [pollStatusOnce('tx'), [ranOut(0, 40), ranOut(40, 80)]],
    ] as const;
    for (const [plan, answers] of both) {
      expect(caught(() => runPlan(plan, answers))).toMatchObject({ duoCode: 40002 });
    }
  });
});

it.each([
  ['a transaction that Duo does not know', unknownTransaction, { duoCode: 40002 }],
  ['another refusal', failResponse(40103, 'No'), { duoCode: 40103 }],
  ['what cannot be read', okResponse({}), { code: 'unreadable_reply' }],
])('does not ask again about %s', (_what, reply, error) => {
  expect(caught(() => runPlan(pollStatusOnce('tx'), [reply]))).toMatchObject(error);
});
