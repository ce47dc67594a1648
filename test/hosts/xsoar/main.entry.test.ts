import { describe, expect, it } from 'vitest';
import { toServerEntry } from '../../../src/hosts/xsoar/main.ts';
import { duoAuthenticateStatus } from '../../../src/integration/commands/duo-authenticate-status.ts';
import { pollStatus } from '../../../src/integration/commands/transaction.ts';

const pollWith = (interval: number, timeout: number) =>
  pollStatus('t-1', {
    polling: true,
    interval_in_seconds: interval,
    timeout_in_seconds: timeout,
  });

const readable = { title: 'wait', rows: [{ Result: 'waiting' }] };

const entryFor = (interval: number, timeout: number) =>
  toServerEntry({ readable, contents: {}, context: {}, poll: pollWith(interval, timeout) });

describe('an entry that comes back', () => {
  it('names the command, when to run it, and what to give it', () => {
    expect(entryFor(15, 45)).toMatchObject({
      Type: 1,
      HumanReadable: expect.stringContaining('wait'),
      PollingCommand: 'duo-authenticate-status',
      NextRun: '15',
      PollingArgs: {
        txid: 't-1',
        polling: 'true',
        interval_in_seconds: '15',
        timeout_in_seconds: '45',
      },
      Timeout: '45',
    });
  });

  it('asks no sooner than the server comes back', () => {
    expect(entryFor(1, 60)).toMatchObject({ NextRun: '10' });
  });

  it.each([
    [10, 3600, '70'],
    [30, 90, '90'],
    [10, 20, '20'],
  ])('ends with the life of a push: every %i s, for %i s, is %s s', (interval, timeout, ends) => {
    expect(entryFor(interval, timeout)).toMatchObject({ Timeout: ends });
  });

  it('passes only arguments that the next command declares', () => {
    expect(Object.keys(duoAuthenticateStatus.arguments)).toEqual(
      expect.arrayContaining(Object.keys(pollWith(10, 90).args)),
    );
  });

  it('is an ordinary entry when the answer is there', () => {
    const entry = toServerEntry({ readable, contents: {}, context: {} });
    expect(Object.keys(entry).filter((key) => /^Polling|^NextRun|^Timeout/.test(key))).toEqual([]);
  });
});
