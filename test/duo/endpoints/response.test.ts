import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { failureCode, readJson, readResponse } from '../../../src/duo/endpoints/response.ts';
import { DuoApiError } from '../../../src/duo/errors/duo-api-error.ts';
import { InvalidResponseError } from '../../../src/duo/errors/invalid-response-error.ts';
import { caught } from '../../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../../testing/responses.ts';

const read = (body: string, overrides = {}) => readJson(responseWith(body, overrides));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('what is refused', () => {
  it.each([
    ['an empty body', '', 'it is empty'],
    ['a blank body', ' \n', 'it is empty'],
    ['half of it', '{"stat":', 'it is not JSON'],
    ['two of them', '{}{}', 'it is not JSON'],
    ['a name twice', '{"a":1,"a":2}', 'it says the same name twice'],
    ['a name twice, further in', '[{"b":{"a":1, "a" :1}}]', 'it says the same name twice'],
    ['a name twice, in two spellings', '{"a":1,"\\u0061":2}', 'it says the same name twice'],
    ['__proto__', '{"__proto__":{"x":1}}', 'it holds a name that no reply of Duo has'],
    ['constructor', '{"a":{"constructor":1}}', 'it holds a name that no reply of Duo has'],
    ['a disguise', '{"__pr\\u006fto__":1}', 'it holds a name that no reply of Duo has'],
    ['great depth', nested(17), 'it nests deeper than a reply of Duo does'],
    ['immense depth', nested(100_000), 'it nests deeper than a reply of Duo does'],
  ])('%s', (_what, body, fault) => {
    expect(read(body)).toEqual({ fault });
  });

  it.each([
    ['text/html; charset=utf-8', 'it is a web page'],
    ['application/xml', 'it is not JSON'],
    ['image/png', 'it is not JSON'],
    ['application/jsonp', 'it is not JSON'],
  ])('a type of %s', (contentType, fault) => {
    expect(read('{}', { contentType })).toEqual({ fault });
  });

  it('bytes that are not UTF-8', () => {
    expect(read('{}', { isUtf8: false })).toEqual({ fault: 'it is not UTF-8' });
  });
});

describe('what is read', () => {
  it.each([
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":1","b":"{\\"a\\":1}"}',
    '["__proto__","a","a"]',
    '{"a\\\\":1,"a":"\\\\"}',
    nested(16),
    'null',
  ])('%s', (body) => {
    expect(read(body)).toEqual({ value: JSON.parse(body) });
  });

  it.each(['', 'application/json', 'Application/JSON; charset=utf-8', 'application/problem+json'])(
    'a type of "%s"',
    (contentType) => {
      expect(read('{}', { contentType })).toEqual({ value: {} });
    },
  );

  it('any JSON as its parser does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), (body) => {
        const outcome = read(body);
        expect('value' in outcome ? outcome.value : JSON.parse(body)).toEqual(JSON.parse(body));
      }),
    );
  });
});

describe('the code of a refusal', () => {
  it.each([
    ['a refusal', failResponse(40105, 'No'), 40105],
    ['a success', okResponse({ code: 40105 }), undefined],
    ['a code that is no number', responseWith('{"stat":"FAIL","code":"40105"}'), undefined],
    ['no JSON', responseWith('<html>'), undefined],
  ])('of %s', (_what, reply, code) => {
    expect(failureCode(reply)).toBe(code);
  });
});

const schema = z.looseObject({ deep: z.looseObject({ er: z.string() }) });

describe('readResponse', () => {
  it('gives the response and keeps the whole reply, new keys and all', () => {
    const reply = okResponse({ deep: { er: 'x', added: 1 }, later: true });
    const { response, raw } = readResponse('preauth', reply, schema);
    expect(response.deep.er).toBe('x');
    expect(raw).toEqual(JSON.parse(reply.body));
  });

  it.each([
    ['empty', responseWith('  '), 'it is empty'],
    ['not JSON', responseWith('{"stat":'), 'it is not JSON'],
    [
      'a web page',
      responseWith('<html>', { status: 502, contentType: 'text/html' }),
      'it is a web page',
    ],
    ['a JSON list', responseWith('[]'), 'it is not in the form of a Duo reply'],
    ['without stat', responseWith('{"response":{}}'), 'it is not in the form of a Duo reply'],
    ['of an unknown stat', responseWith('{"stat":"ok","response":{}}'), 'it is neither'],
    ['a failure without a code', responseWith('{"stat":"FAIL","message":"x"}'), 'it is neither'],
    ['a success under an error status', okResponse({}, { status: 500 }), 'it is neither'],
    ['of another shape', okResponse({ deep: { er: 1 } }), 'response.deep.er is not as expected'],
    ['of another type', okResponse('text'), 'response is not as expected'],
  ])('refuses a reply that is %s', (_what, reply, reason) => {
    const error = caught(() => readResponse('preauth', reply, schema));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({
      code: 'unreadable_reply',
      endpoint: 'preauth',
      httpStatus: reply.status,
      reason: expect.stringContaining(reason),
    });
  });

  it("passes Duo's refusal on, sanitized", () => {
    const reply = failResponse(40002, 'Invalid\u001b[31m request', 'user\nname');
    expect(caught(() => readResponse('auth', reply, schema))).toMatchObject({
      code: 'duo_refused',
      duoCode: 40002,
      duoMessage: 'Invalid request',
      duoDetail: 'user name',
      httpStatus: 400,
      endpoint: 'auth',
    });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
  ])('takes a refusal whose detail is %s', (_what, detail) => {
    const body = JSON.stringify({
      stat: 'FAIL',
      code: 42901,
      message: 'x',
      message_detail: detail,
    });
    const error = caught(() => readResponse('auth', responseWith(body, { status: 429 }), schema));
    expect(error).toBeInstanceOf(DuoApiError);
    expect(error).toHaveProperty('duoDetail', undefined);
  });
});
