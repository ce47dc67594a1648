import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prettyJson, printableLine } from '../../../src/cli/output/safe-text.ts';

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

it('has nothing to say of nothing', () => {
  expect(prettyJson(undefined)).toBeUndefined();
});
