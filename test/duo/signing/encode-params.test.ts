import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadArgumentError } from '../../../src/duo/errors/bad-argument-error.ts';
import {
  encodePairs,
  encodeParams,
  percentEncode,
} from '../../../src/duo/signing/encode-params.ts';
import { caught } from '../../../testing/caught.ts';

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
