import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { okResponse } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

const wire = {
  user_id: 'DU1',
  username: 'new_user',
  activation_barcode: 'https://api-1.duosecurity.com/frame/qr?value=x',
  activation_code: 'duo://abc-def',
  expiration: 1_697_905_640,
};

describe('duo-enroll', () => {
  it('creates a user', () => {
    const args = { username: 'new_user', valid_secs: '60' };
    const { sent, result } = runCommand('duo-enroll', args, [okResponse(wire)]);
    expect(sent[0]?.params).toEqual({ username: 'new_user', valid_secs: '60' });
    expect(result.context).toEqual({
      'Duo.Enroll': {
        Response: {
          UserID: 'DU1',
          Username: 'new_user',
          ActivationCode: 'duo://abc-def',
          ActivationBarcode: 'https://api-1.duosecurity.com/frame/qr?value=x',
          Expiration: '2023-10-21T16:27:20Z',
        },
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo enroll: new\\_user was created
      | User ID | QR code | Good until |
      | --- | --- | --- |
      | DU1 | [https\\://api-1.duosecurity.com/frame/qr?value=x](https://api-1.duosecurity.com/frame/qr?value=x) | 2023-10-21T16:27:20Z |

      Let the user scan the QR code with Duo Mobile, then ask \`duo-enroll-status\` whether it was done."
    `);
  });

  it('needs no argument, and keeps bypass codes to the context', () => {
    const reply = okResponse({
      ...wire,
      activation_url: 'https://m-1.duosecurity.com/activate/x',
      bypass_codes: ['987654321'],
    });
    const { sent, result } = runCommand('duo-enroll', { bypass_codes: '1' }, [reply]);
    expect(sent[0]?.params).toEqual({ bypass_codes: '1' });
    expect(result.context).toMatchObject({
      'Duo.Enroll': {
        Response: {
          ActivationURL: 'https://m-1.duosecurity.com/activate/x',
          BypassCodes: ['987654321'],
        },
      },
    });
    expect(JSON.stringify([result.readable, result.contents])).not.toContain('987654321');
    expect(toMarkdown(result.readable)).toContain('in the context only');
  });
});

describe('duo-enroll-status', () => {
  it.each([
    ['success', 'the user has activated Duo Mobile'],
    ['waiting', 'the activation code has not been used yet'],
    ['invalid', 'the activation code has expired or is not for this user'],
  ])('%s: %s', (answer, words) => {
    const args = { user_id: 'DU1', activation_code: 'duo://abc' };
    const { sent, result } = runCommand('duo-enroll-status', args, [okResponse(answer)]);
    expect(sent[0]?.params).toEqual(args);
    expect(result.context).toEqual({
      'Duo.EnrollStatus': { Response: { Result: answer }, UserID: 'DU1' },
    });
    expect(toMarkdown(result.readable)).toContain(`### Duo enrollment: ${words}\n`);
  });
});
