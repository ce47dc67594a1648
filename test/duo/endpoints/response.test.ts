import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { failureCode, readResponse } from '../../../src/duo/endpoints/response.ts';
import { DuoApiError, InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import type { ApiResponse } from '../../../src/duo/request.ts';
import { caught } from '../../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../../testing/responses.ts';

const schema = z.looseObject({ deep: z.looseObject({ er: z.string() }) });
const read = (response: ApiResponse) => readResponse('preauth', response, schema);
const reasonOf = (response: ApiResponse) => caught(() => read(response));
const ok = (inside: string) => responseWith(`{"stat":"OK","response":{"deep":${inside}}}`);
const nested = (depth: number) => ok(`{"er":"x","more":${'['.repeat(depth)}${']'.repeat(depth)}}`);

it('reads the response, and keeps the whole of it, new keys and all', () => {
  const response = okResponse({ deep: { er: 'x', added: 1 }, later: true });
  const { response: inside, raw } = read(response);
  expect(inside.deep.er).toBe('x');
  expect(raw).toEqual(JSON.parse(response.body));
});

describe('a response that cannot be read', () => {
  it.each([
    ['empty', responseWith(''), 'it is empty'],
    ['blank', responseWith(' \n'), 'it is empty'],
    ['half of it', responseWith('{"stat":'), 'it is not JSON'],
    ['two of it', responseWith('{}{}'), 'it is not JSON'],
    ['a web page', responseWith('<html>', { contentType: 'text/html' }), 'it is a web page'],
    ['not UTF-8', okResponse({}, { isUtf8: false }), 'it is not UTF-8'],
    ['a list', responseWith('[]'), 'it is not in the form'],
    ['null', responseWith('null'), 'it is not in the form'],
    ['without stat', responseWith('{"response":{}}'), 'it is not in the form'],
    ['of an unknown stat', responseWith('{"stat":"ok","response":{}}'), 'it is neither'],
    ['a failure without a code', responseWith('{"stat":"FAIL","message":"x"}'), 'it is neither'],
    ['a failure with a code in text', responseWith('{"stat":"FAIL","code":"1"}'), 'it is neither'],
    [
      'of an unknown stat, with the fields of a failure',
      responseWith('{"stat":"fail","code":40103,"message":"x"}'),
      'it is neither',
    ],
    [
      'a failure whose message is no text',
      responseWith('{"stat":"FAIL","code":40103,"message":1}'),
      'it is neither',
    ],
    [
      'a failure whose detail is no text',
      responseWith('{"stat":"FAIL","code":40103,"message":"x","message_detail":{}}'),
      'it is neither',
    ],
    ['of text', responseWith('hello', { contentType: 'text/plain' }), 'it is not JSON'],
    ['a success under an error status', okResponse({}, { status: 500 }), 'it is neither'],
    ['of another shape', okResponse({ deep: { er: 1 } }), 'response.deep.er is not as expected'],
    ['of another type', okResponse('text'), 'response is not as expected'],
    ['nested too deep', nested(15), 'it nests too deeply, or has'],
    ['nested immensely deep', nested(100_000), 'it nests too deeply, or has'],
    ['with __proto__', ok('{"er":"x","__proto__":{"y":1}}'), 'it nests too deeply, or has'],
    [
      'with __proto__ in disguise',
      ok('{"er":"x","__pr\\u006fto__":1}'),
      'it nests too deeply, or has',
    ],
  ])('is %s', (_what, response, reason) => {
    const error = reasonOf(response);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({
      code: 'unreadable_reply',
      endpoint: 'preauth',
      httpStatus: response.status,
      reason: expect.stringContaining(reason),
    });
  });

  it('names everything that is not as expected', () => {
    const two = z.looseObject({ a: z.string(), b: z.string() });
    const error = caught(() => readResponse('preauth', okResponse({}), two));
    expect(error).toHaveProperty('reason', 'response.a, response.b is not as expected');
  });

  it.each([
    '',
    'text/html',
    'text/json',
    'x/application/json',
    'application/xml',
    'application/jsonp',
    'image/png',
  ])('is declared as "%s"', (contentType) => {
    expect(reasonOf(okResponse({ deep: { er: 'x' } }, { contentType }))).toBeInstanceOf(
      InvalidResponseError,
    );
  });

  it('shows how it begins', () => {
    const page = responseWith('<html><h1>502 Bad Gateway</h1>', { contentType: 'text/html' });
    expect(reasonOf(page)).toHaveProperty('excerpt', '502 Bad Gateway');
  });

  const page = { contentType: 'text/html' };

  it.each([
    ['a web page', responseWith('<html>', page), /API hostname .* no proxy/],
    ['no JSON', responseWith('hello'), /API hostname .* no proxy/],
    ['an empty 401', responseWith('', { status: 401 }), /integration key/],
    ['an empty 403', responseWith('', { status: 403 }), /integration key/],
    ['an empty 429', responseWith('', { status: 429 }), /wait a minute/],
    ['an empty 500', responseWith('', { status: 500 }), /status\.duo\.com/],
    ['a page of a 502', responseWith('<html>', { ...page, status: 502 }), /status\.duo\.com/],
    ['an unknown result', okResponse({ deep: { er: null } }), /update xsoar-duo/],
  ])('gives advice that fits: %s', (_what, response, advice) => {
    const error = reasonOf(response);
    expect(error).toHaveProperty('advice', expect.stringMatching(advice));
    const blamesHost = /Check that the API hostname/.test((error as InvalidResponseError).advice);
    expect(blamesHost).toBe(advice.source.startsWith('API hostname'));
  });
});

it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json ;x'])(
  'reads a response declared as "%s"',
  (contentType) => {
    expect(read(okResponse({ deep: { er: 'x' } }, { contentType })).response.deep.er).toBe('x');
  },
);

it('reads a response as deep as it may be', () => {
  expect(read(nested(13)).response.deep.er).toBe('x');
});

describe('a failure', () => {
  it("is Duo's own, sanitized", () => {
    const response = failResponse(40002, 'Invalid\u001b[31m request', 'user\nname');
    expect(reasonOf(response)).toMatchObject({
      code: 'duo_refused',
      duoCode: 40002,
      duoMessage: 'Invalid request',
      duoDetail: 'user name',
      httpStatus: 400,
      endpoint: 'preauth',
    });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
  ])('may have a detail that is %s', (_what, detail) => {
    const failure = { stat: 'FAIL', code: 42901, message: 'x', message_detail: detail };
    const error = reasonOf(responseWith(JSON.stringify(failure), { status: 429 }));
    expect(error).toBeInstanceOf(DuoApiError);
    expect(error).toHaveProperty('duoDetail', undefined);
  });

  it.each([
    ['a failure', failResponse(40105, 'No'), 40105],
    ['a success', okResponse({ code: 40105 }), undefined],
    ['a code in text', responseWith('{"stat":"FAIL","code":"40105","message":"x"}'), undefined],
    ['a list', responseWith('[]'), undefined],
    ['no JSON', responseWith('<html>'), undefined],
  ])('has a code that can be read before it: %s', (_what, response, code) => {
    expect(failureCode(response)).toBe(code);
  });
});
