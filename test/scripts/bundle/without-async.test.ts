import { describe, expect, it } from 'vitest';
import { withoutAsync } from '../../../scripts/bundle/without-async.ts';

const stubbed = (code: string) =>
  withoutAsync(code)
    .replace(/throw new Error\("[^"]*"\);/g, 'STUB')
    .replace(/\s+/g, ' ');

describe('withoutAsync', () => {
  it.each([
    ['async function a() { await b(); }', ' function a() { STUB }'],
    ['const a = async (x) => await x;', 'const a = (x) => { STUB };'],
    ['const a = async () => { for await (const b of c) {} };', 'const a = () => { STUB };'],
    ['function* a() { yield* b(); }', 'function a() { STUB }'],
    [
      'hide(a, Symbol.iterator, function* () { yield 1; });',
      'hide(a, Symbol.iterator, function () { STUB });',
    ],
    ['a.then(async () => { await b; return async () => c; });', 'a.then( () => { STUB });'],
    [
      'const a = { async b() {}, c() { return 1; } };',
      'const a = { b() { STUB }, c() { return 1; } };',
    ],
    ['const async = 1; const a = () => async;', 'const async = 1; const a = () => async;'],
  ])('turns %s into %s', (code, expected) => {
    expect(stubbed(code)).toBe(expected);
  });
});
