import { describe, expect, it } from 'vitest';
import { parseAuthStarted } from '../../../src/duo/endpoints/auth.ts';
import {
  parseAuthResponse,
  parseAuthStatusResponse,
} from '../../../src/duo/endpoints/auth-status.ts';
import {
  parseEnrollResponse,
  parseEnrollStatusResponse,
} from '../../../src/duo/endpoints/enroll.ts';
import { parseLogoResponse } from '../../../src/duo/endpoints/logo.ts';
import { parseCheckResponse, parsePingResponse } from '../../../src/duo/endpoints/ping.ts';
import { parsePreauthResponse } from '../../../src/duo/endpoints/preauth.ts';
import { InvalidResponseError } from '../../../src/duo/errors/invalid-response-error.ts';
import { failResponse, okResponse, responseWith } from '../../../testing/responses.ts';

const device = {
  device: 'DP80Z4GVU82OT8O1BNJF',
  type: 'phone',
  display_name: 'Work phone (XXX-XXX-4788)',
  name: 'Work phone',
  number: 'XXX-XXX-4788',
  capabilities: ['auto', 'push', 'sms'],
  sms_nextcode: '1',
};

describe('ping and check', () => {
  it.each([
    ['ping', parsePingResponse],
    ['check', parseCheckResponse],
  ])('%s tells the time', (_name, parse) => {
    const reply = parse(okResponse({ time: 1_357_020_061 }));
    expect(reply.time.toISOString()).toBe('2013-01-01T06:01:01.000Z');
    expect(reply.raw).toEqual({ stat: 'OK', response: { time: 1_357_020_061 } });
  });
});

describe('logo', () => {
  const png = new Uint8Array([0x89, 0x50]);

  it('gives the picture', () => {
    const reply = responseWith('', { contentType: 'image/png', bytes: png });
    expect(parseLogoResponse(reply)).toEqual({ contentType: 'image/png', png });
  });

  it("passes Duo's refusal on", () => {
    expect(() => parseLogoResponse(failResponse(40401, 'Resource not found'))).toThrow(/40401/);
  });

  it.each([
    ['a picture in a host without bytes', responseWith('', { contentType: 'image/png' })],
    ['JSON that is a success', okResponse({})],
    [
      'a picture under an error status',
      responseWith('', { status: 500, contentType: 'image/png' }),
    ],
  ])('refuses %s', (_what, reply) => {
    expect(() => parseLogoResponse(reply)).toThrow(InvalidResponseError);
  });
});

describe('enroll', () => {
  const wire = {
    user_id: 'DU1',
    username: 'new',
    activation_barcode: 'https://api.example/frame/qr?value=x',
    activation_code: 'duo://abc',
    expiration: 1_697_905_640,
  };

  it('reads an account without the newer and older keys', () => {
    expect(parseEnrollResponse(okResponse(wire))).toMatchObject({
      userId: 'DU1',
      username: 'new',
      activationCode: 'duo://abc',
      activationUrl: undefined,
      bypassCodes: [],
      expiration: new Date(1_697_905_640_000),
    });
  });

  it('reads all keys', () => {
    const all = { ...wire, activation_url: 'https://m.example/a', bypass_codes: [12345, '67890'] };
    expect(parseEnrollResponse(okResponse(all))).toMatchObject({
      activationUrl: 'https://m.example/a',
      bypassCodes: ['12345', '67890'],
    });
  });

  it.each(['success', 'waiting', 'invalid'] as const)('enroll_status: %s', (result) => {
    expect(parseEnrollStatusResponse(okResponse(result)).result).toBe(result);
  });

  it('enroll_status: anything else is refused', () => {
    expect(() => parseEnrollStatusResponse(okResponse('done'))).toThrow(InvalidResponseError);
  });
});

describe('preauth', () => {
  it('auth: devices, whole and bare', () => {
    const wire = {
      result: 'auth',
      status_msg: 'Account is active',
      devices: [device, { device: 'DH1' }],
    };
    expect(parsePreauthResponse(okResponse(wire))).toEqual({
      result: 'auth',
      statusMessage: 'Account is active',
      verifiedPush: undefined,
      raw: { stat: 'OK', response: wire },
      devices: [
        {
          device: 'DP80Z4GVU82OT8O1BNJF',
          type: 'phone',
          displayName: 'Work phone (XXX-XXX-4788)',
          name: 'Work phone',
          number: 'XXX-XXX-4788',
          capabilities: ['auto', 'push', 'sms'],
          smsNextCode: '1',
        },
        {
          device: 'DH1',
          type: '',
          displayName: '',
          name: '',
          number: '',
          capabilities: [],
          smsNextCode: undefined,
        },
      ],
    });
  });

  const verified = {
    result: 'auth',
    status_msg: 'Account is active',
    devices: [],
    txid: 't',
    verification_code: '376',
  };

  it('auth: a verified push', () => {
    const reply = parsePreauthResponse(okResponse({ ...verified, expiration: 1_767_225_660 }));
    expect(reply).toHaveProperty('verifiedPush', {
      txid: 't',
      verificationCode: '376',
      expiration: new Date(1_767_225_660_000),
    });
  });

  it('auth: a verified push without an expiration, and half a one', () => {
    expect(parsePreauthResponse(okResponse(verified))).toHaveProperty(
      'verifiedPush.expiration',
      undefined,
    );
    const { verification_code: _left, ...half } = verified;
    expect(parsePreauthResponse(okResponse(half))).toHaveProperty('verifiedPush', undefined);
  });

  it('auth without devices is no answer', () => {
    expect(() => parsePreauthResponse(okResponse({ result: 'auth', status_msg: 'x' }))).toThrow(
      InvalidResponseError,
    );
  });

  it.each(['allow', 'deny'] as const)('%s', (result) => {
    expect(parsePreauthResponse(okResponse({ result, status_msg: 'Why.' }))).toMatchObject({
      result,
      statusMessage: 'Why.',
    });
  });

  it.each([
    ['with a portal', 'https://api.example/portal?code=1'],
    ['without one', undefined],
  ])('enroll %s', (_what, url) => {
    const wire = { result: 'enroll', status_msg: 'Enroll.', enroll_portal_url: url };
    expect(parsePreauthResponse(okResponse(wire))).toMatchObject({
      result: 'enroll',
      enrollPortalUrl: url,
    });
  });

  it('refuses a result it does not know', () => {
    expect(() => parsePreauthResponse(okResponse({ result: 'maybe', status_msg: 'x' }))).toThrow(
      InvalidResponseError,
    );
  });
});

describe('auth', () => {
  const wire = (result: string, status: string) => ({ result, status, status_msg: 'Words.' });

  it.each(['allow', 'bypass'] as const)('allow: %s', (status) => {
    expect(parseAuthResponse(okResponse(wire('allow', status)))).toMatchObject({
      result: 'allow',
      status,
      statusMessage: 'Words.',
      trustedDeviceToken: undefined,
    });
  });

  it('allow: hands the token of a remembered device on', () => {
    const reply = okResponse({ ...wire('allow', 'allow'), trusted_device_token: 'tok' });
    expect(parseAuthResponse(reply)).toHaveProperty('trustedDeviceToken', 'tok');
  });

  it.each(['deny', 'timeout', 'fraud', 'locked_out', 'sent', 'a_new_one'])('deny: %s', (status) => {
    expect(parseAuthResponse(okResponse(wire('deny', status)))).toMatchObject({
      result: 'deny',
      status,
    });
  });

  it.each(['calling', 'answered', 'pushed', 'push_failed', 'a_new_one'])(
    'waiting: %s',
    (status) => {
      expect(parseAuthStatusResponse(okResponse(wire('waiting', status)))).toMatchObject({
        result: 'waiting',
        status,
      });
    },
  );

  it('a push that timed out is over, whichever result stands beside it', () => {
    expect(parseAuthStatusResponse(okResponse(wire('waiting', 'timeout')))).toHaveProperty(
      'result',
      'deny',
    );
  });

  it.each(['deny', 'fraud', 'pushed', 'a_new_one', ''])(
    'an allow whose status is "%s" lets nobody in',
    (status) => {
      const reply = okResponse(wire('allow', status));
      expect(() => parseAuthResponse(reply)).toThrow(InvalidResponseError);
      expect(() => parseAuthStatusResponse(reply)).toThrow(InvalidResponseError);
    },
  );

  it.each([
    ['an unknown result', wire('granted', 'allow')],
    ['no result', { status: 'allow', status_msg: 'x' }],
    ['a result of another type', { result: true, status: 'allow', status_msg: 'x' }],
  ])('%s lets nobody in', (_what, response) => {
    expect(() => parseAuthResponse(okResponse(response))).toThrow(InvalidResponseError);
    expect(() => parseAuthStatusResponse(okResponse(response))).toThrow(InvalidResponseError);
  });

  it('a synchronous call is not answered by a wait or a transaction', () => {
    expect(() => parseAuthResponse(okResponse(wire('waiting', 'pushed')))).toThrow(
      InvalidResponseError,
    );
    expect(() => parseAuthResponse(okResponse({ txid: 't' }))).toThrow(InvalidResponseError);
  });

  it('an asynchronous call is answered by a transaction, and nothing else', () => {
    expect(parseAuthStarted(okResponse({ txid: 't' })).txid).toBe('t');
    expect(() => parseAuthStarted(okResponse({ txid: '' }))).toThrow(InvalidResponseError);
    expect(() => parseAuthStarted(okResponse(wire('allow', 'allow')))).toThrow(
      InvalidResponseError,
    );
  });
});
