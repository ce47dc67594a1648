import { expect, it } from 'vitest';
import { hasSecret, LineError } from '../../../src/cli/line/line-error.ts';

it('shows the line with a mark under every fault', () => {
  const error = new LineError('!c a="x', [
    { at: 3, rule: 'first' },
    { at: 5, rule: 'second' },
  ]);
  expect(error.message).toBe('!c a="x\n   ^ first\n     ^ second');
  expect(error.advice).toBe('Nothing was sent to Duo.');
});

it('keeps the marks in place under line ends and tabs', () => {
  const { message } = new LineError('!c\ta=1\n"x', [{ at: 7, rule: 'here' }]);
  expect(message).toBe('!c a=1 "x\n       ^ here');
});

it('shows the part of a long line around each fault', () => {
  const line = `!c a=${'x'.repeat(60)}" b=${'y'.repeat(60)}"`;
  const { message } = new LineError(line, [
    { at: 5, rule: 'near the start' },
    { at: 65, rule: 'in the middle' },
    { at: line.length, rule: 'at the end' },
  ]);
  const lines = message.split('\n');
  expect(lines).toHaveLength(6);
  for (const [part, marked] of [lines.slice(0, 2), lines.slice(2, 4), lines.slice(4, 6)]) {
    expect(part?.length).toBeLessThanOrEqual(76);
    expect(marked).toMatch(/^ *\^ /);
  }
  const letterAbove = (index: number) => lines[index]?.[lines[index + 1]?.indexOf('^') ?? -1];
  expect(letterAbove(0)).toBe('x');
  expect(letterAbove(2)).toBe('"');
  expect(letterAbove(4)).toBeUndefined();
});

it.each([
  ['!duo-authenticate passcode=123456 x', '!duo-authenticate passcode=****** x'],
  ['!c passcode="12 34" x', '!c passcode=******* x'],
  ['!c passcode="12 34', '!c passcode=******'],
  ["!c trusted_device_token='a b' x", '!c trusted_device_token=***** x'],
  ['!c passcode=`1` x', '!c passcode=*** x'],
  ['!c passcode="1\\"2 3" x', '!c passcode=******** x'],
  ['!c passcode="1\n2" x', '!c passcode=***** x'],
])('never shows a secret: %s', (line, shown) => {
  expect(new LineError(line, []).message).toBe(shown);
});

it.each([
  ['!duo-authenticate passcode=1', true],
  ['passcode = 1', true],
  ['!duo-authenticate factor=passcode', false],
  ['!duo-preauth alice', false],
])('knows whether %s gives a secret', (line, expected) => {
  expect(hasSecret(line)).toBe(expected);
});
