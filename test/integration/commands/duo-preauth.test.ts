import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { okResponse } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

const phone = {
  device: 'DP80Z4GVU82OT8O1BNJF',
  type: 'phone',
  display_name: 'Work phone (XXX-XXX-4788)',
  name: 'Work phone',
  number: 'XXX-XXX-4788',
  capabilities: ['auto', 'push'],
  sms_nextcode: '1',
};
const token = { device: 'DHEKH0JJIYC1LX3AZWO4', type: 'token', name: '123456' };

const preauth = (response: object, args: Record<string, unknown> = { username: 'alice' }) =>
  runCommand('duo-preauth', args, [okResponse(response)]);

describe('duo-preauth', () => {
  it('passes everything on to Duo', () => {
    const args = {
      user_id: 'DU1',
      ipaddr: '10.0.0.1',
      hostname: 'wks',
      trusted_device_token: 'tok',
      client_supports_verified_push: 'true',
    };
    expect(preauth({ result: 'allow', status_msg: 'x' }, args).sent[0]?.params).toEqual({
      user_id: 'DU1',
      ipaddr: '10.0.0.1',
      hostname: 'wks',
      trusted_device_token: 'tok',
      client_supports_verified_push: '1',
    });
  });

  it('auth: lists the devices', () => {
    const { result } = preauth({
      result: 'auth',
      status_msg: 'Account is active',
      devices: [phone, token],
    });
    expect(result.context).toEqual({
      'Duo.PreAuth': {
        Username: 'alice',
        Response: {
          Result: 'auth',
          StatusMessage: 'Account is active',
          Devices: [
            {
              Device: 'DP80Z4GVU82OT8O1BNJF',
              Type: 'phone',
              DisplayName: 'Work phone (XXX-XXX-4788)',
              Name: 'Work phone',
              Number: 'XXX-XXX-4788',
              Capabilities: ['auto', 'push'],
              SMSNextCode: '1',
            },
            {
              Device: 'DHEKH0JJIYC1LX3AZWO4',
              Type: 'token',
              DisplayName: '',
              Name: '123456',
              Number: '',
              Capabilities: [],
            },
          ],
        },
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo preauth: alice needs a second factor
      | Result | Duo's message |
      | --- | --- |
      | auth | Account is active |

      Devices:

      | Device | ID | Type | Can do | Next SMS passcode |
      | --- | --- | --- | --- | --- |
      | Work phone \\(XXX-XXX-4788\\) | DP80Z4GVU82OT8O1BNJF | phone | auto, push | starts with 1 |
      | 123456 | DHEKH0JJIYC1LX3AZWO4 | token |  |  |

      Run \`duo-authenticate\` to ask for the second factor."
    `);
  });

  it('auth: says when there is no device', () => {
    const { result } = preauth({ result: 'auth', status_msg: 'x', devices: [] });
    expect(toMarkdown(result.readable)).toContain('The user has no device that Duo can use.');
  });

  it('auth: shows the code of a verified push', () => {
    const { result } = preauth({
      result: 'auth',
      status_msg: 'Account is active',
      devices: [phone],
      txid: '45f7c92b',
      verification_code: '376',
      expiration: 1_767_225_660,
    });
    expect(result.context).toMatchObject({
      'Duo.PreAuth': {
        Response: { TxID: '45f7c92b', VerificationCode: '376', Expiration: '2026-01-01T00:01:00Z' },
      },
    });
    expect(toMarkdown(result.readable)).toContain('**376**');
  });

  it('auth: a verified push without an expiration', () => {
    const { result } = preauth({
      result: 'auth',
      status_msg: 'x',
      devices: [],
      txid: 't',
      verification_code: '376',
    });
    expect(JSON.stringify(result.context)).not.toContain('Expiration');
  });

  it('allow: says not to ask', () => {
    const { result } = preauth({ result: 'allow', status_msg: 'Bypassing authentication' });
    expect(result.context).toEqual({
      'Duo.PreAuth': {
        Username: 'alice',
        Response: { Result: 'allow', StatusMessage: 'Bypassing authentication' },
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo preauth: alice is let in without a second factor
      | Result | Duo's message |
      | --- | --- |
      | allow | Bypassing authentication |

      Do not ask for a second factor."
    `);
  });

  it('deny: says why, and names the user by ID when asked so', () => {
    const { result } = preauth({ result: 'deny', status_msg: 'Disabled.' }, { userID: 'DU1' });
    expect(result.context).toEqual({
      'Duo.PreAuth': {
        UserID: 'DU1',
        Response: { Result: 'deny', StatusMessage: 'Disabled.' },
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo preauth: DU1 is denied
      | Result | Duo's message |
      | --- | --- |
      | deny | Disabled. |

      Do not let the user in."
    `);
  });

  it('enroll: gives the link', () => {
    const { result } = preauth({
      result: 'enroll',
      status_msg: 'Enroll an authentication device to proceed',
      enroll_portal_url: 'https://api-1.duosecurity.com/portal?code=4&akey=DA',
    });
    expect(result.context).toMatchObject({
      'Duo.PreAuth': {
        Response: { EnrollPortalURL: 'https://api-1.duosecurity.com/portal?code=4&akey=DA' },
      },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo preauth: alice must enroll first
      | Result | Duo's message |
      | --- | --- |
      | enroll | Enroll an authentication device to proceed |

      Do not let the user in.

      The user can enroll here within five minutes: [https\\://api-1.duosecurity.com/portal?code=4\\&akey=DA](https://api-1.duosecurity.com/portal?code=4&akey=DA)"
    `);
  });

  it('enroll: sends to an administrator when Duo gives no link', () => {
    const { result } = preauth({ result: 'enroll', status_msg: 'x' });
    expect(toMarkdown(result.readable)).toContain('Ask a Duo administrator to enroll the user.');
  });

  it("does not let Duo's text or the user's name write markdown", () => {
    const { result } = preauth(
      { result: 'deny', status_msg: '[x](https://evil.example)\n# Approved |' },
      { username: '**root**' },
    );
    expect(toMarkdown(result.readable)).toContain(
      '\\[x\\]\\(https\\://evil.example\\) \\# Approved \\|',
    );
    expect(toMarkdown(result.readable)).toContain('### Duo preauth: \\*\\*root\\*\\* is denied');
  });
});
