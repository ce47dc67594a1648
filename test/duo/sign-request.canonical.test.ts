import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadArgumentError } from '../../src/duo/errors/input-errors.ts';
import {
  canonicalize,
  encodePairs,
  encodeParams,
  percentEncode,
  type RequestToSign,
} from '../../src/duo/sign-request.ts';
import { nodePrimitives } from '../../src/hosts/node/sign-request.ts';
import { caught } from '../../testing/caught.ts';

const wellFormed = fc.string({ unit: 'grapheme' });

describe('percentEncode', () => {
  it.each([
    ['letters, digits and -._~ stay', 'aZ09-._~', 'aZ09-._~'],
    ['a space is %20', 'a b', 'a%20b'],
    ['what encodeURIComponent leaves is encoded too', "!'()*", '%21%27%28%29%2A'],
    ['a plus is encoded', '+', '%2B'],
    ['a slash is encoded', '/', '%2F'],
    ['UTF-8, upper-case hex', 'é😀', '%C3%A9%F0%9F%98%80'],
  ])('%s', (_rule, text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  it('writes nothing but unreserved characters and escapes, and loses nothing', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const encoded = percentEncode(text);
        expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(text);
      }),
    );
  });
});

describe('encodeParams', () => {
  it.each([
    ['nothing', {}, ''],
    ['an empty value keeps its key', { a: '' }, 'a='],
    [
      'keys are sorted by their bytes',
      { foo_bar: '1', foo: '2', 'foo-bar': '3' },
      'foo=2&foo-bar=3&foo_bar=1',
    ],
    ['values of a repeated key are sorted', { k: ['b', 'a', 'a'] }, 'k=a&k=a&k=b'],
    ['sorted as encoded, so a space comes before a letter', { k: ['a', ' '] }, 'k=%20&k=a'],
  ])('%s', (_rule, params, encoded) => {
    expect(encodeParams(params)).toBe(encoded);
  });

  it('does not depend on the order of the keys', () => {
    const entries = fc.uniqueArray(fc.tuple(wellFormed, wellFormed), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (pairs) => {
        expect(encodeParams(Object.fromEntries([...pairs].reverse()))).toBe(
          encodeParams(Object.fromEntries(pairs)),
        );
      }),
    );
  });

  it.each([
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00'],
    ['two low ones', '\ud83d\ude00\ude00'],
    ['two high ones', '\ud83d\ud83d\ude00'],
  ])('names the parameter that holds %s', (_what, value) => {
    const error = caught(() => encodeParams({ username: value }));
    expect(error).toBeInstanceOf(BadArgumentError);
    expect(error).toHaveProperty('faults', [
      { name: 'username', rule: 'is not well-formed Unicode text' },
    ]);
  });
});

describe('encodePairs', () => {
  it('keeps the order given', () => {
    expect(
      encodePairs([
        ['b', '1 2'],
        ['a', '&='],
      ]),
    ).toBe('b=1%202&a=%26%3D');
  });
});

const request: RequestToSign = {
  method: 'post',
  host: 'API-Host.duosecurity.com',
  path: '/auth/v2/Check',
  date: 'Tue, 21 Aug 2012 17:29:18 -0000',
  params: { b: '2', a: '1' },
};

const emptyHash = nodePrimitives.sha512('');
const lines = (input: RequestToSign) => canonicalize(input, nodePrimitives.sha512).split('\n');

describe('canonicalize', () => {
  it('raises the method and lowers the host; path and date stay as sent', () => {
    expect(lines(request)).toEqual([
      request.date,
      'POST',
      'api-host.duosecurity.com',
      '/auth/v2/Check',
      'a=1&b=2',
    ]);
  });

  it('ends in an empty line without parameters', () => {
    const { params: _left, ...bare } = request;
    expect(lines(bare).at(-1)).toBe('');
  });

  it('version 5 signs the query and the body of a POST', () => {
    const signed = lines({ ...request, version: 5, body: '{"a":"1"}' });
    expect(signed.slice(4)).toEqual(['a=1&b=2', nodePrimitives.sha512('{"a":"1"}'), emptyHash]);
  });

  it('version 5 signs the parameters of a GET, and an empty body', () => {
    const signed = lines({ ...request, version: 5, method: 'GET' });
    expect(signed.slice(4)).toEqual(['a=1&b=2', emptyHash, emptyHash]);
  });

  it('version 5 without parameters', () => {
    const { params: _left, ...bare } = request;
    expect(lines({ ...bare, version: 5, method: 'GET' })[4]).toBe('');
  });

  it('version 5 sorts X-Duo headers by lower-cased name and joins them by NUL', () => {
    const headers = { 'X-Duo-B': '2', 'x-duo-a': '1' };
    expect(lines({ ...request, version: 5, headers }).at(-1)).toBe(
      nodePrimitives.sha512('x-duo-a\x001\x00x-duo-b\x002'),
    );
  });

  it.each([
    ['is not X-Duo', { Accept: 'x' }, 'only X-Duo-\\* headers are signed'],
    ['is given twice', { 'X-Duo-A': '1', 'x-duo-a': '2' }, 'given twice'],
    ['holds a NUL in its name', { 'X-Duo-A\0': '1' }, 'holds a NUL'],
    ['holds a NUL in its value', { 'X-Duo-A': '\0' }, 'holds a NUL'],
  ])('version 5 refuses a header that %s', (_what, headers, message) => {
    expect(() => lines({ ...request, version: 5, headers })).toThrow(new RegExp(message));
  });

  it('always has five lines in version 2 and seven in version 5', () => {
    const text = fc.string({ unit: 'grapheme' });
    const params = fc.dictionary(text, text);
    fc.assert(
      fc.property(params, fc.constantFrom(2 as const, 5 as const), (given, version) => {
        expect(lines({ ...request, params: given, version })).toHaveLength(version === 2 ? 5 : 7);
      }),
    );
  });
});
