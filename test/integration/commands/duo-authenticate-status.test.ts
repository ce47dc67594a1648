import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { okResponse } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

const key = 'Duo.Transaction(val.TxID && val.TxID == obj.TxID)';
const answer = (result: string, status: string) =>
  okResponse({ result, status, status_msg: `It is ${status}.` });

const transaction = (Result: string, Status: string, Done: boolean) => ({
  [key]: { TxID: 'tx', Result, Status, StatusMessage: `It is ${Status}.`, Done },
});

describe('duo-authenticate-status', () => {
  it('asks once and tells where it is', () => {
    const { sent, result } = runCommand('duo-authenticate-status', { txid: 'tx' }, [
      answer('waiting', 'pushed'),
    ]);
    expect(sent).toMatchObject([{ path: '/auth/v2/auth_status', params: { txid: 'tx' } }]);
    expect(result.context).toEqual({
      'Duo.AuthenticateStatus': {
        Response: { Result: 'waiting', Status: 'pushed', StatusMessage: 'It is pushed.' },
        TxID: 'tx',
      },
      ...transaction('waiting', 'pushed', false),
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo authentication: the user has not answered yet
      | Result | Status | Duo's message | Transaction |
      | --- | --- | --- | --- |
      | waiting | pushed | It is pushed. | tx |

      The user is not let in yet. Run \`duo-authenticate-status\` with the transaction to ask again."
    `);
  });

  const polling = { txid: 'tx', polling: 'true', interval_in_seconds: '15' };

  it('polling: is left to the platform while waiting, and brings only the transaction up to date', () => {
    const { result } = runCommand(
      'duo-authenticate-status',
      polling,
      [answer('waiting', 'pushed')],
      'scheduled',
    );
    expect(result.context).toEqual(transaction('waiting', 'pushed', false));
    expect(result.poll).toMatchObject({ args: polling, intervalSeconds: 15, timeoutSeconds: 90 });
  });

  it('polling: ends with the final answer', () => {
    const { result } = runCommand(
      'duo-authenticate-status',
      polling,
      [answer('deny', 'fraud')],
      'scheduled',
    );
    expect(result).not.toHaveProperty('poll');
    expect(result.context).toMatchObject(transaction('deny', 'fraud', true));
    expect(result.context).toHaveProperty(['Duo.AuthenticateStatus']);
  });

  it('polling: asks once where the platform cannot ask again', () => {
    const { result } = runCommand(
      'duo-authenticate-status',
      polling,
      [answer('waiting', 'pushed')],
      'unsupported',
    );
    expect(result).not.toHaveProperty('poll');
    expect(result.context).toMatchObject(transaction('waiting', 'pushed', false));
  });

  it('polling: is followed where the host can wait', () => {
    const { result, sent } = runCommand('duo-authenticate-status', polling, [
      answer('waiting', 'pushed'),
      answer('allow', 'allow'),
    ]);
    expect(sent).toHaveLength(2);
    expect(result.context).toMatchObject(transaction('allow', 'allow', true));
  });
});
