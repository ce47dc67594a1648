import { describe, expect, it } from 'vitest';
import { followTransaction } from '../../src/duo/follow-transaction.ts';
import { pollStatusOnce } from '../../src/duo/poll-status.ts';
import { caught } from '../../testing/caught.ts';
import { failReply, okReply } from '../../testing/replies.ts';
import { runPlan } from '../../testing/run-plan.ts';

const startMs = 1_700_000_000_000;
const at = (sentSecond: number, receivedSecond: number) => ({
  sentAtMs: startMs + sentSecond * 1000,
  receivedAtMs: startMs + receivedSecond * 1000,
});

const ranOut = (sentSecond: number, receivedSecond: number) => ({
  ...failReply(40002, 'Invalid request parameters'),
  ...at(sentSecond, receivedSecond),
});
const unknownTransaction = failReply(40002, 'Invalid request parameters', 'txid');
const status = (result: string, name: string, sentSecond = 0, receivedSecond = sentSecond) =>
  okReply({ result, status: name, status_msg: 'It is.' }, at(sentSecond, receivedSecond));

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
  ['another refusal', failReply(40103, 'No'), { duoCode: 40103 }],
  ['what cannot be read', okReply({}), { code: 'unreadable_reply' }],
])('does not ask again about %s', (_what, reply, error) => {
  expect(caught(() => runPlan(pollStatusOnce('tx'), [reply]))).toMatchObject(error);
});
