import { describe, expect, it } from 'vitest';
import {
  authStatusRequest,
  parseAuthResponse,
  parseAuthStatusResponse,
} from '../../../src/duo/endpoints/auth-status.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

const wire = (result: string, status: string) => ({ result, status, status_msg: 'Words.' });
const both = [parseAuthResponse, parseAuthStatusResponse];

it('the request is a GET that Duo holds open', () => {
  expect(authStatusRequest({ txid: 't' })).toEqual({
    endpoint: 'auth_status',
    method: 'GET',
    path: '/auth/v2/auth_status',
    params: { txid: 't' },
    signed: true,
    holdsOpen: true,
  });
});

describe('an allow', () => {
  it.each(['allow', 'bypass', 'a_new_one', ''])('is an allow with the status "%s"', (status) => {
    for (const parse of both) {
      expect(parse(okResponse(wire('allow', status)))).toMatchObject({
        result: 'allow',
        status,
        statusMessage: 'Words.',
        trustedDeviceToken: undefined,
      });
    }
  });

  it('hands on the token of a remembered device', () => {
    const response = okResponse({ ...wire('allow', 'allow'), trusted_device_token: 'tok' });
    expect(parseAuthResponse(response)).toHaveProperty('trustedDeviceToken', 'tok');
  });

  it('beside a refusal says so, and where it came from', () => {
    const mixed = okResponse(wire('allow', 'deny'));
    const reason = 'its result is an allow, and its status is not';
    expect(caught(() => parseAuthResponse(mixed))).toMatchObject({ endpoint: 'auth', reason });
    expect(caught(() => parseAuthStatusResponse(mixed))).toMatchObject({
      endpoint: 'auth_status',
      reason,
    });
  });

  it.each([
    'deny',
    'timeout',
    'fraud',
    'locked_out',
    'sent',
    'calling',
    'answered',
    'pushed',
    'push_failed',
  ])('lets no one in with the status %s', (status) => {
    for (const parse of both) {
      const error = caught(() => parse(okResponse(wire('allow', status))));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toHaveProperty('advice', expect.stringContaining('update xsoar-duo'));
    }
  });

  // A person reads the status as it is shown, so it is compared as it is shown.
  it.each(['DENY', 'Fraud', ' deny ', 'de\u200bny', '\u001b[31mtimeout'])(
    'lets no one in with a status that reads as a refusal: %j',
    (status) => {
      for (const parse of both) {
        expect(() => parse(okResponse(wire('allow', status)))).toThrow(InvalidResponseError);
      }
    },
  );

  it.each(['ALLOW', 'Allow', ' allow', 'allow ', 'al\u200blow', 'granted', 'true'])(
    'is literally "allow", and not %j',
    (result) => {
      for (const parse of both) {
        expect(() => parse(okResponse(wire(result, 'allow')))).toThrow(InvalidResponseError);
      }
    },
  );

  it.each([
    ['no result', { status: 'allow', status_msg: 'x' }],
    ['a result of another type', { result: true, status: 'allow', status_msg: 'x' }],
    ['a list', [wire('allow', 'allow')]],
    ['no status', { result: 'allow', status_msg: 'x' }],
  ])('is not made of %s', (_what, response) => {
    for (const parse of both) {
      expect(() => parse(okResponse(response))).toThrow(InvalidResponseError);
    }
  });
});

it.each(['deny', 'timeout', 'fraud', 'locked_out', 'sent', 'allow', 'a_new_one'])(
  'a deny is a deny with the status %s',
  (status) => {
    for (const parse of both) {
      expect(parse(okResponse(wire('deny', status)))).toMatchObject({ result: 'deny', status });
    }
  },
);

it.each(['calling', 'answered', 'pushed', 'push_failed', 'allow', 'a_new_one'])(
  'waiting is waiting with the status %s',
  (status) => {
    expect(parseAuthStatusResponse(okResponse(wire('waiting', status)))).toMatchObject({
      result: 'waiting',
      status,
    });
  },
);

it('a push that timed out is over, whichever result is beside it', () => {
  expect(parseAuthStatusResponse(okResponse(wire('waiting', 'timeout')))).toHaveProperty(
    'result',
    'deny',
  );
});

it.each([null, undefined])('a message that is %s is empty', (message) => {
  const response = okResponse({ ...wire('deny', 'deny'), status_msg: message });
  expect(parseAuthResponse(response)).toHaveProperty('statusMessage', '');
});

it('a synchronous call is not answered by a wait or a transaction', () => {
  for (const response of [wire('waiting', 'pushed'), { txid: 't' }]) {
    expect(() => parseAuthResponse(okResponse(response))).toThrow(InvalidResponseError);
  }
});
