import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt, sanitizeText } from '../../src/duo/text.ts';

describe('sanitizeText', () => {
  it.each([
    ['plain text', 'Success. Logging you in...', 'Success. Logging you in...'],
    ['colors', '\u001b[31mred\u001b[0m', 'red'],
    ['cursor moves', 'a\u001b[2Jb\u001b[1;1Hc', 'abc'],
    ['one-byte control sequences', 'a\u009b31mb', 'ab'],
    ['a link', '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007', 'click'],
    ['a window title, ended the other way', '\u001b]0;owned\u001b\\x', 'x'],
    ['a title that never ends', 'x\u001b]0;owned', 'x'],
    ['a device command', 'a\u001bP$q"p\u001b\\b', 'ab'],
    ['an application command', 'a\u001b_gibberish\u001b\\b\u009fmore\u009cc', 'abc'],
    ['other escapes', 'a\u001bcb', 'ab'],
    ['new lines', 'one\r\ntwo\n\nthree', 'one two three'],
    ['tabs and line separators', 'a\tb\u2028c\u2029d', 'a b c d'],
    ['NUL and delete', 'a\0b\u007fc', 'a b c'],
    ['reordering', 'a\u202eb\u2066c', 'abc'],
    ['zero width', 'a\u200bb\ufeffc', 'abc'],
    ['a text that is hidden in tags', 'a\u{e0041}\u{e0042}\u{e0101}b', 'ab'],
    ['soft hyphens and fillers', 'a\u00adb\u034fc\u180ed', 'abcd'],
    ['accents and emoji stay', 'Zoë 日本 😀', 'Zoë 日本 😀'],
  ])('%s', (_what, text, safe) => {
    expect(sanitizeText(text)).toBe(safe);
  });

  it('leaves no control character, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const character of sanitizeText(text)) {
          const code = character.charCodeAt(0);
          expect(code < 0x20 || (code >= 0x7f && code < 0xa0)).toBe(false);
        }
      }),
    );
  });
});

it.each([
  ['a page', '<html><head><title>502 Bad Gateway</title></head></html>', '502 Bad Gateway'],
  ['scripts and styles', '<style>a{}</style><script>alert(1)</script>Blocked', 'Blocked'],
  ['a script that never ends', 'Blocked<script>alert(1)', 'Blocked'],
  ['a terminal escape', 'a\u001b[31mb\nc', 'ab c'],
  ['nothing', '', ''],
  ['a passcode', '{"passcode":"739173"}', '{"passcode":"…"}'],
  ['a secret key', 'skey=Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep', '…'],
  ['a key without digits', 'key abcdefghijklmnopqrstuvwxyzabcdefghijklmn', 'key …'],
  ['a signature', 'Basic RElXSjhYNkFFWU9SNU9NQzZUUTE6YWJj', 'Basic …'],
  [
    'a word of 19 letters, and one of 20',
    'abcdefghijklmnopqrs abcdefghijklmnopqrst',
    'abcdefghijklmnopqrs …',
  ],
  ['digits with signs between them', 'passcode 12-34 or 1.2x3y4', 'passcode … or …'],
  ['three digits', 'passcode 12-3', 'passcode 12-3'],
  [
    'words between tags and scripts',
    'a<b>b</b>c<script>x</script >d<style >y\n</style>e',
    'a b c d e',
  ],
  ['a trusted-device token', 'dHJ1c3RlZA==||1767225660||f00d', '…'],
])('shows of %s what is safe', (_what, body, expected) => {
  expect(excerpt(body)).toBe(expected);
});

it('is short', () => {
  expect(excerpt('x y '.repeat(20).trimEnd())).toBe('x y '.repeat(20).trimEnd());
  expect(excerpt('word '.repeat(10_000))).toBe(`${'word '.repeat(16)}…`);
});

it('never holds five digits in a row, whatever comes', () => {
  const unit = fc.constantFrom('1', '23', 'a', ' ', '<b>', '</b>', '"', '\u001b[', '\u200b');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 200 }), (body) => {
      expect(excerpt(body)).not.toMatch(/\d{5}/);
    }),
  );
});
