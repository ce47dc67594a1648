import { describe, expect, it } from 'vitest';
import {
  type AuthParams,
  authRequest,
  faultOfPushinfo,
  parseAuthStarted,
} from '../../../src/duo/endpoints/auth.ts';
import { BadArgumentError } from '../../../src/duo/errors/input-errors.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

describe('the request', () => {
  it('is held open unless it is asynchronous', () => {
    const push: AuthParams = { username: 'a', factor: 'push' };
    const request = { endpoint: 'auth', method: 'POST', signed: true };
    expect(authRequest(push, { async: false })).toMatchObject({ ...request, holdsOpen: true });
    expect(authRequest(push, { async: true })).toMatchObject({ ...request, holdsOpen: false });
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
      'a passcode, without a device',
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
  ])('%s', (_what, params, async, wire) => {
    expect(authRequest(params, { async }).params).toEqual(wire);
  });
});

describe('pushinfo', () => {
  const push = (pushinfo: Readonly<Record<string, string>>) =>
    authRequest({ username: 'a', factor: 'push', pushinfo }, { async: true });

  it('stays under 20,000 bytes once encoded', () => {
    expect(push({ k: 'x'.repeat(19_997) }).params['pushinfo']).toHaveLength(19_999);
    const error = caught(() => push({ k: 'x'.repeat(19_998) }));
    expect(error).toBeInstanceOf(BadArgumentError);
    expect(error).toHaveProperty('command', '/auth');
    expect(error).toHaveProperty('faults', [
      { name: 'pushinfo', rule: 'must stay under 20000 bytes once encoded' },
    ]);
  });

  it('is measured once it is encoded', () => {
    expect(faultOfPushinfo({ k: 'é'.repeat(3_333) })).toMatch(/20000 bytes/);
    expect(faultOfPushinfo({ k: 'é'.repeat(3_332) })).toBeUndefined();
  });

  it('is refused for its length before it is encoded', () => {
    // Half a character could not be encoded.
    expect(faultOfPushinfo({ k: '\ud83d'.repeat(20_000) })).toMatch(/20000 bytes/);
  });

  it('is Unicode text, names and values', () => {
    const rule = 'is not well-formed Unicode text';
    expect(faultOfPushinfo({ k: '\ud83d' })).toBe(rule);
    expect(faultOfPushinfo({ '\ud83d': 'v' })).toBe(rule);
    expect(faultOfPushinfo({ k: 'v', broken: '\ud83d' })).toBe(rule);
    expect(faultOfPushinfo({ k: 'v' })).toBeUndefined();
  });
});

describe('the response to an asynchronous call', () => {
  it('is a transaction', () => {
    const { txid, raw } = parseAuthStarted(okResponse({ txid: 't' }));
    expect(txid).toBe('t');
    expect(raw).toEqual({ stat: 'OK', response: { txid: 't' } });
  });

  it.each([
    ['an empty transaction', { txid: '' }],
    ['no transaction', {}],
    ['an allow', { result: 'allow', status: 'allow', status_msg: 'x' }],
  ])('is nothing else: %s', (_what, response) => {
    const error = caught(() => parseAuthStarted(okResponse(response)));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toHaveProperty('endpoint', 'auth');
  });
});
