import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { okResponse } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

const key = 'Duo.Transaction(val.TxID && val.TxID == obj.TxID)';
const answer = (result: string, status: string, more: object = {}) =>
  okResponse({ result, status, status_msg: `It is ${status}.`, ...more });

const alice = { username: 'alice' };

describe('duo-authenticate, waiting for the answer', () => {
  it('asks with the default factor', () => {
    const { sent, result } = runCommand('duo-authenticate', alice, [answer('allow', 'allow')]);
    expect(sent[0]?.params).toEqual({ username: 'alice', factor: 'auto', device: 'auto' });
    expect(result.context).toEqual({
      'Duo.Authenticate': {
        Response: { Result: 'allow', Status: 'allow', StatusMessage: 'It is allow.' },
        Username: 'alice',
        Factor: 'auto',
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo authentication: alice was let in
      | Result | Status | Duo's message |
      | --- | --- | --- |
      | allow | allow | It is allow. |"
    `);
  });

  it('passes a push with everything on to Duo', () => {
    const args = {
      userID: 'DU1',
      factor: 'push',
      device: 'DP1',
      type: 'Transfer',
      display_username: 'Alice A.',
      pushinfo: '{"From":"XSOAR"}',
      txid: 't',
      ipaddr: '10.0.0.1',
      hostname: 'wks',
    };
    const { sent, result } = runCommand('duo-authenticate', args, [answer('deny', 'deny')]);
    expect(sent[0]?.params).toEqual({
      user_id: 'DU1',
      factor: 'push',
      device: 'DP1',
      type: 'Transfer',
      display_username: 'Alice A.',
      pushinfo: 'From=XSOAR',
      txid: 't',
      ipaddr: '10.0.0.1',
      hostname: 'wks',
    });
    expect(result.context).toHaveProperty(['Duo.Authenticate', 'UserID'], 'DU1');
  });

  it.each([
    ['passcode', { passcode: '123456' }, { passcode: '123456' }],
    ['sms', {}, { device: 'auto' }],
    ['phone', { device: 'DP1' }, { device: 'DP1' }],
  ])('%s', (factor, more, wire) => {
    const { sent } = runCommand('duo-authenticate', { ...alice, factor, ...more }, [
      answer('deny', 'sent'),
    ]);
    expect(sent[0]?.params).toEqual({ username: 'alice', factor, ...wire });
  });

  it.each([
    ['allow', 'bypass', 'alice was let in without a second factor'],
    ['deny', 'deny', 'alice was denied'],
    ['deny', 'timeout', 'alice did not answer in time'],
    ['deny', 'fraud', 'alice reported the request as fraud'],
    ['deny', 'locked\\_out', 'alice is locked out'],
    ['deny', 'sent', 'alice was sent new passcodes by text message'],
    ['deny', 'brand\\_new', 'alice was denied'],
  ])('%s, %s: "%s"', (result, status, title) => {
    const run = runCommand('duo-authenticate', alice, [answer(result, status.replace('\\', ''))]);
    expect(toMarkdown(run.result.readable)).toContain(`### Duo authentication: ${title}\n`);
    expect(toMarkdown(run.result.readable)).toContain(`| ${result} | ${status} |`);
    expect(toMarkdown(run.result.readable).includes('Do not let the user in')).toBe(
      result === 'deny' && status !== 'sent',
    );
  });

  it('keeps the token of a remembered device to the context', () => {
    const reply = answer('allow', 'allow', { trusted_device_token: 'tok3n' });
    const { result } = runCommand('duo-authenticate', alice, [reply]);
    expect(result.context).toHaveProperty(
      ['Duo.Authenticate', 'Response', 'TrustedDeviceToken'],
      'tok3n',
    );
    expect(JSON.stringify([result.readable, result.contents])).not.toContain('tok3n');
  });
});

describe('duo-authenticate, async', () => {
  it('answers with the transaction', () => {
    const args = { ...alice, factor: 'push', async: 'true' };
    const { sent, result } = runCommand('duo-authenticate', args, [okResponse({ txid: 'tx-1' })]);
    expect(sent[0]?.params).toMatchObject({ async: '1' });
    expect(result.context).toEqual({
      'Duo.Authenticate': { Response: { TxID: 'tx-1' }, Username: 'alice', Factor: 'push' },
      [key]: { TxID: 'tx-1', Username: 'alice', Factor: 'push', Result: 'waiting', Done: false },
    });
    expect(result).not.toHaveProperty('poll');
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo authentication: alice was asked
      | Result | Factor | Transaction |
      | --- | --- | --- |
      | waiting | push | tx-1 |

      Run \`duo-authenticate-status\` with the transaction to learn the answer."
    `);
  });
});

describe('duo-authenticate, polling', () => {
  const args = { ...alice, factor: 'push', polling: 'true' };

  it('is left to a platform that asks again', () => {
    const { result } = runCommand(
      'duo-authenticate',
      args,
      [okResponse({ txid: 'tx' })],
      'scheduled',
    );
    expect(result.poll).toEqual({
      command: 'duo-authenticate-status',
      args: {
        txid: 'tx',
        polling: 'true',
        interval_in_seconds: '10',
        timeout_in_seconds: '90',
      },
      intervalSeconds: 10,
      timeoutSeconds: 90,
    });
    expect(toMarkdown(result.readable)).toContain('Waiting for the user.');
  });

  it('says so where the platform cannot ask again', () => {
    const { result } = runCommand(
      'duo-authenticate',
      args,
      [okResponse({ txid: 'tx' })],
      'unsupported',
    );
    expect(result).not.toHaveProperty('poll');
    expect(toMarkdown(result.readable)).toContain('This server cannot ask again by itself');
  });

  it('is followed to the end where the host can wait, with the context of both commands', () => {
    const { result, reported } = runCommand('duo-authenticate', args, [
      okResponse({ txid: 'tx' }),
      answer('waiting', 'pushed'),
      answer('allow', 'allow'),
    ]);
    expect(reported).toEqual([{ txid: 'tx', status: 'pushed', statusMessage: 'It is pushed.' }]);
    expect(result.context).toEqual({
      'Duo.Authenticate': { Response: { TxID: 'tx' }, Username: 'alice', Factor: 'push' },
      'Duo.AuthenticateStatus': {
        Response: { Result: 'allow', Status: 'allow', StatusMessage: 'It is allow.' },
        TxID: 'tx',
      },
      [key]: {
        TxID: 'tx',
        Username: 'alice',
        Factor: 'push',
        Result: 'allow',
        Status: 'allow',
        StatusMessage: 'It is allow.',
        Done: true,
      },
    });
  });

  it('ends in waiting when the deadline comes first', () => {
    const late = { sentAtMs: 1_700_000_000_000, receivedAtMs: 1_700_000_005_000 };
    const { result } = runCommand('duo-authenticate', { ...args, timeout_in_seconds: 5 }, [
      okResponse({ txid: 'tx' }),
      { ...answer('waiting', 'pushed'), ...late },
    ]);
    expect(result.context).toMatchObject({ [key]: { Result: 'waiting', Done: false } });
    expect(toMarkdown(result.readable)).toContain('has not answered yet');
  });
});
