import { describe, expect, it } from 'vitest';
import {
  type PreauthParams,
  parsePreauthResponse,
  preauthRequest,
} from '../../../src/duo/endpoints/preauth.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

describe('the request', () => {
  it.each<[string, PreauthParams, object]>([
    ['by name', { username: 'alice' }, { username: 'alice' }],
    ['by ID', { userId: 'DU1' }, { user_id: 'DU1' }],
    [
      'with everything',
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
  ])('%s', (_what, params, wire) => {
    expect(preauthRequest(params)).toMatchObject({ endpoint: 'preauth', method: 'POST' });
    expect(preauthRequest(params).params).toEqual(wire);
  });
});

const device = {
  device: 'DP80Z4GVU82OT8O1BNJF',
  type: 'phone',
  display_name: 'Work phone (XXX-XXX-4788)',
  name: 'Work phone',
  number: 'XXX-XXX-4788',
  capabilities: ['auto', 'push', 'sms'],
  sms_nextcode: '1',
};

const nulls = {
  device: 'DH2',
  type: null,
  display_name: null,
  name: null,
  number: null,
  capabilities: null,
  sms_nextcode: null,
};

const bare = (id: string) => ({
  device: id,
  type: '',
  displayName: '',
  name: '',
  number: '',
  capabilities: [],
  smsNextCode: undefined,
});

describe('auth', () => {
  const parseAuth = (more: object) => {
    const wire = { result: 'auth', status_msg: 'Account is active', devices: [], ...more };
    return parsePreauthResponse(okResponse(wire));
  };

  it('reads devices: whole, bare and full of null', () => {
    const response = parseAuth({ devices: [device, { device: 'DH1' }, nulls] });
    expect(response).toMatchObject({
      result: 'auth',
      statusMessage: 'Account is active',
      verifiedPush: undefined,
    });
    expect(response).toHaveProperty('devices', [
      {
        device: 'DP80Z4GVU82OT8O1BNJF',
        type: 'phone',
        displayName: 'Work phone (XXX-XXX-4788)',
        name: 'Work phone',
        number: 'XXX-XXX-4788',
        capabilities: ['auto', 'push', 'sms'],
        smsNextCode: '1',
      },
      bare('DH1'),
      bare('DH2'),
    ]);
  });

  it.each([null, undefined])('reads devices: %s as none', (devices) => {
    expect(parseAuth({ devices })).toMatchObject({ result: 'auth', devices: [] });
  });

  it.each([[[{ device: null }]], [[{}]], ['DP1'], [{}]])('refuses devices: %j', (devices) => {
    expect(() => parseAuth({ devices })).toThrow(InvalidResponseError);
  });

  const verified = { txid: 't', verification_code: '376' };

  it('reads a verified push', () => {
    const response = parseAuth({ ...verified, expiration: 1_767_225_660 });
    expect(response).toHaveProperty('verifiedPush', {
      txid: 't',
      verificationCode: '376',
      expiration: new Date(1_767_225_660_000),
    });
  });

  it.each([undefined, null])('reads a verified push whose expiration is %s', (expiration) => {
    expect(parseAuth({ ...verified, expiration })).toHaveProperty('verifiedPush', {
      txid: 't',
      verificationCode: '376',
      expiration: undefined,
    });
  });

  it.each([
    ['no code', { txid: 't' }],
    ['a code that is null', { txid: 't', verification_code: null }],
    ['an empty code', { txid: 't', verification_code: '' }],
    ['no transaction', { verification_code: '376' }],
    ['a transaction that is null', { txid: null, verification_code: '376' }],
    ['an empty transaction', { txid: '', verification_code: '376' }],
  ])('reads no verified push from %s', (_what, more) => {
    expect(parseAuth(more)).toHaveProperty('verifiedPush', undefined);
  });
});

it.each(['allow', 'deny'] as const)('%s', (result) => {
  const wire = { result, status_msg: 'Why.', devices: null };
  expect(parsePreauthResponse(okResponse(wire))).toEqual({
    result,
    statusMessage: 'Why.',
    raw: { stat: 'OK', response: wire },
  });
});

it.each([
  ['with a portal', 'https://api.example/portal?code=1', 'https://api.example/portal?code=1'],
  ['without one', undefined, undefined],
  ['whose portal is null', null, undefined],
])('enroll %s', (_what, url, enrollPortalUrl) => {
  const wire = { result: 'enroll', status_msg: 'Enroll.', enroll_portal_url: url };
  expect(parsePreauthResponse(okResponse(wire))).toMatchObject({ result: 'enroll' });
  expect(parsePreauthResponse(okResponse(wire))).toHaveProperty('enrollPortalUrl', enrollPortalUrl);
});

it('has an empty message where Duo gives none', () => {
  expect(parsePreauthResponse(okResponse({ result: 'deny' }))).toHaveProperty('statusMessage', '');
});

it('refuses a result that this version does not know', () => {
  const response = okResponse({ result: 'maybe', status_msg: 'x' });
  const error = caught(() => parsePreauthResponse(response));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toHaveProperty('endpoint', 'preauth');
});
