import { describe, expect, it } from 'vitest';
import { freeNames, requireOldSyntax } from '../../../scripts/bundle/inspect-bundle.ts';

describe('freeNames', { timeout: 60_000 }, () => {
  it.each([
    ['return process.env.HOME;', ['process']],
    ['return typeof window === "object";', ['window']],
    ['return { params, x: new URL("a") };', ['URL', 'params']],
    ['return BigInt(1);', ['BigInt']],
    ['var a = new Map(); return JSON.stringify([...a]);', []],
  ])('finds in %s: %j', (code, names) => {
    expect(freeNames(code)).toEqual(names);
  });
});

describe('requireOldSyntax', () => {
  it.each([
    'return async function () {};',
    'return async () => 1;',
    'return function* () {};',
    'return { *items() {} };',
    'return a?.b;',
    'return { ...a };',
    'return 1n;',
    'class A { #b = 1; }',
    'try { a(); } catch { b(); }',
    'return /(?<=a)b/;',
    'return /(?<name>a)/;',
    'return /a/u;',
  ])('refuses %s', (code) => {
    expect(() => requireOldSyntax(code)).toThrow(SyntaxError);
  });

  it.each(['return (a, b = 1) => [...a, b ** 2];', 'return /a/gim;', 'class A { b() {} }'])(
    'accepts %s',
    (code) => {
      expect(() => requireOldSyntax(code)).not.toThrow();
    },
  );
});
