import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize, type RequestToSign } from '../../../src/duo/signing/canonicalize.ts';
import { nodePrimitives } from '../../../src/hosts/node/primitives.ts';

const request: RequestToSign = {
  method: 'post',
  host: 'API-Host.duosecurity.com',
  path: '/auth/v2/Check',
  date: 'Tue, 21 Aug 2012 17:29:18 -0000',
  params: { b: '2', a: '1' },
};

const emptyHash = nodePrimitives.sha512('');
const lines = (input: RequestToSign) => canonicalize(input, nodePrimitives).split('\n');

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

  it('version 5 signs the body of a POST in place of its parameters', () => {
    const signed = lines({ ...request, version: 5, body: '{"a":"1"}' });
    expect(signed.slice(4)).toEqual(['', nodePrimitives.sha512('{"a":"1"}'), emptyHash]);
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
    ['stands twice', { 'X-Duo-A': '1', 'x-duo-a': '2' }, 'given twice'],
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
