import { describe, expect, it } from 'vitest';
import { DuoApiError } from '../../../src/duo/errors/duo-api-error.ts';
import { InvalidResponseError } from '../../../src/duo/errors/invalid-response-error.ts';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import {
  classifyFailure,
  type DuoPort,
  type TransactionStatus,
} from '../../../src/login/second-factor/duo-port.ts';
import { followTransaction } from '../../../src/login/second-factor/follow.ts';

const waiting = (status: string): TransactionStatus => ({ result: 'waiting', status });
const allow: TransactionStatus = { result: 'allow', status: 'allow' };
const timeout = new NetworkError('timeout', 'auth_status', 'No answer.', 'ETIMEDOUT');
const refused = (duoCode: number, httpStatus = Math.floor(duoCode / 100)) =>
  new DuoApiError({
    duoCode,
    duoMessage: 'No',
    duoDetail: undefined,
    httpStatus,
    endpoint: 'auth_status',
  });

const follow = async (answers: readonly (TransactionStatus | Error)[], deadlineMs?: number) => {
  const left = [...answers];
  const seen: string[] = [];
  const abort = new AbortController();
  const duo = {
    status: async () => {
      const answer = left.shift() ?? waiting('pushed');
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  } as unknown as DuoPort;
  const answer = await followTransaction(duo, 'tx', {
    deadlineMs: deadlineMs ?? Date.now() + 5_000,
    signal: abort.signal,
    onStatus: async (status) => seen.push(status),
    pauseMs: 1,
  });
  return { answer, seen, left };
};

describe('followTransaction', () => {
  it('tells each new status once, and ends with the answer', async () => {
    const { answer, seen } = await follow([
      waiting('pushed'),
      waiting('pushed'),
      waiting('answered'),
      allow,
    ]);
    expect(answer).toEqual(allow);
    expect(seen).toEqual(['pushed', 'answered']);
  });

  it('repeats a poll that no reply came to: a poll sends the user nothing', async () => {
    const { answer } = await follow([timeout, timeout, refused(50_001), allow]);
    expect(answer).toEqual(allow);
  });

  it('asks again when the long poll ran out, but not for ever', async () => {
    expect((await follow([refused(40_002), allow])).answer).toEqual(allow);
    const unknown = Array.from({ length: 9 }, () => refused(40_002));
    await expect(follow(unknown)).rejects.toThrow('40002');
  });

  it('gives up at once when Duo refuses', async () => {
    await expect(follow([refused(40_103)])).rejects.toThrow('40103');
  });

  it('is a deny at the deadline, never an allow', async () => {
    const { answer } = await follow([waiting('pushed')], Date.now() + 30);
    expect(answer).toEqual({ result: 'deny', status: 'timeout' });
  });
});

describe('classifyFailure', () => {
  it.each([
    ['no reply', timeout, true, 'timeout'],
    ['a reply of a broken service', refused(50_001), true, '50001'],
    ['a reply that asks to come back later', refused(42_901), true, '42901'],
    ['a web page of a proxy', new InvalidResponseError('preauth', 502, 'a page'), true, 'http 502'],
    ['wrong keys', refused(40_103), false, '40103'],
    ['a forbidden application', refused(40_301), false, '40301'],
    ['nonsense', new InvalidResponseError('preauth', 200, 'nonsense'), false, 'http 200'],
    ['a fault of ours', new Error('secret'), false, 'internal'],
  ])('%s', (_what, error, outage, reason) => {
    expect(classifyFailure(error)).toMatchObject({ outage, reason });
  });
});
