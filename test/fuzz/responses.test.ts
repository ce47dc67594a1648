import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAuthStarted } from '../../src/duo/endpoints/auth.ts';
import { parseAuthResponse, parseAuthStatusResponse } from '../../src/duo/endpoints/auth-status.ts';
import { parseEnrollResponse, parseEnrollStatusResponse } from '../../src/duo/endpoints/enroll.ts';
import { parseCheckResponse, parsePingResponse } from '../../src/duo/endpoints/ping.ts';
import { parsePreauthResponse } from '../../src/duo/endpoints/preauth.ts';
import { DuoError } from '../../src/duo/errors/duo-error.ts';
import { type ApiResponse, readResponseHeaders } from '../../src/duo/request.ts';
import { retryAfterSeconds } from '../../src/duo/retry.ts';
import { responseWith } from '../../testing/responses.ts';
import { fuzz, secondsEach } from './fuzz.ts';

/* Whatever a service answers: an error of ours or a value of the right shape, and never an approval
 * that is not literally one. */

const word = fc.constantFrom(
  'allow',
  'deny',
  'waiting',
  'auth',
  'enroll',
  'bypass',
  'pushed',
  'OK',
  'FAIL',
  'success',
);
const anything = fc.anything({ withNullPrototype: true, maxDepth: 3 });
const field = fc.oneof(word, anything, fc.string({ unit: 'binary' }), fc.integer());

const response = fc.record(
  {
    result: field,
    status: field,
    status_msg: fc.string({ unit: 'binary' }),
    txid: field,
    time: field,
    devices: fc.array(fc.record({ device: field, type: field, capabilities: fc.array(field) })),
  },
  { requiredKeys: [] },
);

const envelope = fc.record(
  { stat: fc.oneof(word, anything), response, code: field, message: field, message_detail: field },
  { requiredKeys: [] },
);

const bodyOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // What JSON cannot hold, such as a big integer, no service can send.
    return '';
  }
};

const body = fc.oneof(
  { weight: 4, arbitrary: envelope.map(bodyOf) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.json() },
);

const reply: fc.Arbitrary<ApiResponse> = fc
  .tuple(
    body,
    fc.constantFrom(200, 200, 200, 302, 400, 401, 429, 500),
    fc.constantFrom('application/json', '', 'text/html'),
  )
  .map(([text, status, contentType]) => responseWith(text, { status, contentType }));

const parsers = [
  parseAuthResponse,
  parseAuthStatusResponse,
  parseAuthStarted,
  parseCheckResponse,
  parsePingResponse,
  parsePreauthResponse,
  parseEnrollResponse,
  parseEnrollStatusResponse,
];

const timeout = (secondsEach + 30) * 1000;

const isLiteralAllow = ({ body: text, status }: ApiResponse): boolean => {
  const { stat, response: inside } = JSON.parse(text);
  return status === 200 && stat === 'OK' && inside.result === 'allow';
};

it('replies', { timeout }, () =>
  fuzz(
    fc.property(reply, fc.constantFrom(...parsers), (given, parse) => {
      let value: object;
      try {
        value = parse(given);
      } catch (error) {
        expect(error).toBeInstanceOf(DuoError);
        return;
      }
      if ('result' in value && value.result === 'allow') {
        expect(isLiteralAllow(given)).toBe(true);
      }
    }),
  ),
);

it('headers', { timeout }, () =>
  fuzz(
    fc.property(
      fc.record({
        date: fc.string({ unit: 'binary' }),
        'retry-after': fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)),
      }),
      (headers: Readonly<Record<string, string>>) => {
        const hints = readResponseHeaders((name) => headers[name]);
        const seconds = retryAfterSeconds({ ...hints, receivedAtMs: 0 });
        expect(seconds === undefined || (seconds >= 0 && !Number.isNaN(seconds))).toBe(true);
      },
    ),
  ),
);
