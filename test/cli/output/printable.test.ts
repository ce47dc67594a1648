import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  displayWidth,
  padTo,
  prettyJson,
  printableLine,
  wrapTo,
} from '../../../src/cli/output/printable.ts';

it.each([
  ['GET  /x   alice', 'GET  /x   alice'],
  ['\u001b[2Jalice', 'alice'],
  ['\u009b2Jalice', 'alice'],
  ['a\r\nb\tc', 'abc'],
  ['ab\u202egnp.exe', 'abgnp.exe'],
  ['日本 é', '日本 é'],
])('%j is printed as %j', (text, printed) => {
  expect(printableLine(text)).toBe(printed);
});

it('writes marks that a terminal obeys as escapes', () => {
  expect(prettyJson({ a: 'x\u009b2J\u202ey', b: ['\u001b'] })).toBe(
    '{\n  "a": "x\\u009b2J\\u202ey",\n  "b": [\n    "\\u001b"\n  ]\n}',
  );
});

it('means the same to a program, whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary' }), (value, text) => {
      const whole = { value, text };
      const json = prettyJson(whole) ?? '';
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(whole)));
      expect(json.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});

it('has no JSON for undefined', () => {
  expect(prettyJson(undefined)).toBeUndefined();
});

it.each([
  ['abc', 3],
  ['日本の電話', 10],
  ['é', 1],
  ['e\u0301', 1],
  ['👍🏽', 2],
  ['\u001b[1mbold\u001b[22m', 4],
  ['', 0],
])('%j is %i columns wide', (text, width) => {
  expect(displayWidth(text)).toBe(width);
  expect(displayWidth(padTo(text, 12))).toBe(12);
});

it.each([
  ['one two three', 8, 'one two\nthree'],
  ['  one two three', 8, '  one\n  two\n  three'],
  ['https://an.address/that/is/long is whole', 10, 'https://an.address/that/is/long\nis whole'],
  ['fits', 10, 'fits'],
  ['one\ntwo three', 4, 'one\ntwo\nthree'],
  ['日本 の電話', 6, '日本\nの電話'],
])('%j wraps at %i columns', (text, columns, wrapped) => {
  expect(wrapTo(text, columns)).toBe(wrapped);
});
