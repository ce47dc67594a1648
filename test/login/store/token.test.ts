import { expect, it } from 'vitest';
import { digestOf, isToken, newToken, seal, unseal } from '../../../src/login/store/token.ts';

it('makes tokens that never repeat and that isToken knows', () => {
  const tokens = Array.from({ length: 1_000 }, newToken);
  expect(new Set(tokens).size).toBe(1_000);
  expect(tokens.every(isToken)).toBe(true);
});

it.each([undefined, '', 'short', `${'a'.repeat(42)}!`, 'a'.repeat(44), `${'a'.repeat(43)}\n`])(
  'does not take %j for a token',
  (text) => {
    expect(isToken(text)).toBe(false);
  },
);

it('hides a token behind its digest', () => {
  const token = newToken();
  expect(digestOf(token)).not.toContain(token.slice(0, 8));
  expect(digestOf(token)).toBe(digestOf(token));
});

it('seals a text for the holder of the token alone', () => {
  const token = newToken();
  const sealed = seal(token, 'S=upstream-session; Päth');
  expect(sealed).not.toContain('upstream');
  expect(unseal(token, sealed)).toBe('S=upstream-session; Päth');
  expect(() => unseal(newToken(), sealed)).toThrow();
  const changed = Buffer.from(sealed, 'base64url');
  changed.writeUInt8(changed.readUInt8(30) ^ 1, 30);
  expect(() => unseal(token, changed.toString('base64url'))).toThrow();
});
