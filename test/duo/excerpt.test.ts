import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excerptOf } from '../../src/duo/excerpt.ts';

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
  ['a trusted-device token', 'dHJ1c3RlZA==||1767225660||f00d', '…'],
])('shows of %s what is safe', (_what, body, excerpt) => {
  expect(excerptOf(body)).toBe(excerpt);
});

it('is short', () => {
  expect(excerptOf('word '.repeat(10_000))).toBe(`${'word '.repeat(16)}…`);
});

it('never holds five digits in a row, whatever comes', () => {
  const unit = fc.constantFrom('1', '23', 'a', ' ', '<b>', '</b>', '"', '\u001b[', '\u200b');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 200 }), (body) => {
      expect(excerptOf(body)).not.toMatch(/\d{5}/);
    }),
  );
});
