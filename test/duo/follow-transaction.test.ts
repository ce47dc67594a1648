import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { followTransaction } from '../../src/duo/follow-transaction.ts';
import { caught } from '../../testing/caught.ts';
import { okReply } from '../../testing/replies.ts';
import { runPlan } from '../../testing/run-plan.ts';

const startMs = 1_700_000_000_000;

const status = (result: string, name: string, sentSecond = 0, receivedSecond = sentSecond) =>
  okReply(
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
