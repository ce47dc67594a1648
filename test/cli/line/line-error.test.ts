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
