import { describe, expect, it } from 'vitest';
import { toServerEntry } from '../../../src/hosts/xsoar/polling-entry.ts';
import { pollingStyleOf } from '../../../src/hosts/xsoar/polling-style.ts';
import { duoAuthenticateStatus } from '../../../src/integration/commands/duo-authenticate-status.ts';
import { pollStatus } from '../../../src/integration/polling-arguments.ts';

const pollWith = (interval: number, timeout: number) =>
  pollStatus('t-1', {
    polling: true,
    interval_in_seconds: interval,
    timeout_in_seconds: timeout,
  });

const entryFor = (interval: number, timeout: number) =>
  toServerEntry({ readable: 'wait', contents: {}, context: {}, poll: pollWith(interval, timeout) });

describe('an entry that comes back', () => {
  it('names the command, when to run it, and what to give it', () => {
    expect(entryFor(15, 45)).toMatchObject({
      Type: 1,
      HumanReadable: 'wait',
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
    const entry = toServerEntry({ readable: 'done', contents: {}, context: {} });
    expect(Object.keys(entry).filter((key) => /^Polling|^NextRun|^Timeout/.test(key))).toEqual([]);
  });
});

describe('pollingStyleOf', () => {
  it.each([
    [{ version: '8.0.0' }, 'scheduled'],
    [{ version: '8.10.1', platform: 'xsoar' }, 'scheduled'],
    [{ version: '10.0.0' }, 'scheduled'],
    [{ version: '6.12.0', platform: 'x2' }, 'scheduled'],
    [{ version: '6.12.0', platform: 'xsoar' }, 'unsupported'],
    [{ version: '6.10.0' }, 'unsupported'],
    [{ version: 'unknown' }, 'unsupported'],
    [{}, 'unsupported'],
    ['8.0.0', 'unsupported'],
    [null, 'unsupported'],
    [undefined, 'unsupported'],
  ])('takes %j for %s', (version, style) => {
    expect(pollingStyleOf('duo-authenticate', version)).toBe(style);
  });

  it('lets the status command wait itself where nothing else can', () => {
    expect(pollingStyleOf('duo-authenticate-status', { version: '6.12.0' })).toBe('followed');
    expect(pollingStyleOf('duo-authenticate-status', { version: '8.4.0' })).toBe('scheduled');
  });
});
