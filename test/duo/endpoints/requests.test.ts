import { describe, expect, it } from 'vitest';
import { type AuthParams, authRequest } from '../../../src/duo/endpoints/auth.ts';
import { authStatusRequest } from '../../../src/duo/endpoints/auth-status.ts';
import { enrollRequest, enrollStatusRequest } from '../../../src/duo/endpoints/enroll.ts';
import { logoRequest } from '../../../src/duo/endpoints/logo.ts';
import { checkRequest, pingRequest } from '../../../src/duo/endpoints/ping.ts';
import { type PreauthParams, preauthRequest } from '../../../src/duo/endpoints/preauth.ts';
import { BadArgumentError } from '../../../src/duo/errors/input-errors.ts';
import { caught } from '../../../testing/caught.ts';

describe('requests', () => {
  it.each([
    ['ping', pingRequest(), 'GET', false, false],
    ['check', checkRequest(), 'GET', true, false],
    ['logo', logoRequest(), 'GET', true, false],
    ['enroll', enrollRequest(), 'POST', true, false],
    [
      'enroll_status',
      enrollStatusRequest({ userId: 'DU', activationCode: 'c' }),
      'POST',
      true,
      false,
    ],
    ['preauth', preauthRequest({ username: 'a' }), 'POST', true, false],
    ['auth', authRequest({ username: 'a', factor: 'push' }, { async: false }), 'POST', true, true],
    ['auth', authRequest({ username: 'a', factor: 'push' }, { async: true }), 'POST', true, false],
    ['auth_status', authStatusRequest({ txid: 't' }), 'GET', true, true],
  ] as const)('%s', (endpoint, request, method, signed, holdsOpen) => {
    expect(request).toMatchObject({
      endpoint,
      method,
      path: `/auth/v2/${endpoint}`,
      signed,
      holdsOpen,
    });
  });
});

describe('parameters', () => {
  it('enroll', () => {
    expect(enrollRequest({ username: 'n', validSeconds: 60, bypassCodes: 2 }).params).toEqual({
      username: 'n',
      valid_secs: '60',
      bypass_codes: '2',
    });
    expect(enrollRequest().params).toEqual({});
  });

  it('enroll_status', () => {
    expect(enrollStatusRequest({ userId: 'DU1', activationCode: 'duo://c' }).params).toEqual({
      user_id: 'DU1',
      activation_code: 'duo://c',
    });
  });

  it('auth_status', () => {
    expect(authStatusRequest({ txid: 't' }).params).toEqual({ txid: 't' });
  });

  it.each<[string, PreauthParams, object]>([
    ['by name', { username: 'alice' }, { username: 'alice' }],
    ['by ID', { userId: 'DU1' }, { user_id: 'DU1' }],
    [
      'everything',
      {
        username: 'alice',
        ipaddr: '10.0.0.1',
        hostname: 'wks',
        trustedDeviceToken: 'tok',
        clientSupportsVerifiedPush: true,
      },
      {
        username: 'alice',
        ipaddr: '10.0.0.1',
        hostname: 'wks',
        trusted_device_token: 'tok',
        client_supports_verified_push: '1',
      },
    ],
    ['no verified push', { username: 'a', clientSupportsVerifiedPush: false }, { username: 'a' }],
  ])('preauth, %s', (_what, params, wire) => {
    expect(preauthRequest(params).params).toEqual(wire);
  });

  it.each<[string, AuthParams, boolean, object]>([
    [
      'auto',
      { username: 'a', factor: 'auto' },
      false,
      { username: 'a', factor: 'auto', device: 'auto' },
    ],
    [
      'push with everything, async',
      {
        userId: 'DU1',
        factor: 'push',
        device: 'DP1',
        type: 'Wire transfer',
        displayUsername: 'Alice A.',
        pushinfo: { From: 'XSOAR', 'Amount in $': '4 & more' },
        txid: 't',
        ipaddr: '10.0.0.1',
        hostname: 'wks',
      },
      true,
      {
        user_id: 'DU1',
        factor: 'push',
        device: 'DP1',
        type: 'Wire transfer',
        display_username: 'Alice A.',
        pushinfo: 'From=XSOAR&Amount%20in%20%24=4%20%26%20more',
        txid: 't',
        ipaddr: '10.0.0.1',
        hostname: 'wks',
        async: '1',
      },
    ],
    [
      'a passcode goes without a device',
      { username: 'a', factor: 'passcode', passcode: '123456' },
      false,
      { username: 'a', factor: 'passcode', passcode: '123456' },
    ],
    [
      'sms',
      { username: 'a', factor: 'sms' },
      false,
      { username: 'a', factor: 'sms', device: 'auto' },
    ],
    [
      'phone, on a device',
      { username: 'a', factor: 'phone', device: 'DP1' },
      false,
      { username: 'a', factor: 'phone', device: 'DP1' },
    ],
  ])('auth, %s', (_what, params, async, wire) => {
    expect(authRequest(params, { async }).params).toEqual(wire);
  });

  it('refuses pushinfo that Duo would refuse for its size', () => {
    const push = (length: number) =>
      authRequest(
        { username: 'a', factor: 'push', pushinfo: { k: 'x'.repeat(length) } },
        { async: true },
      );
    expect(push(19_997).params['pushinfo']).toHaveLength(19_999);
    expect(caught(() => push(19_998))).toBeInstanceOf(BadArgumentError);
  });
});
