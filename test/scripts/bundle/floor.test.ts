import { describe, expect, it } from 'vitest';
import { requireFloor } from '../../../scripts/bundle/floor.ts';

describe('requireFloor', { timeout: 60_000 }, () => {
  it.each([
    ['class A {}', 'a class'],
    ['var a = class extends Error {};', 'a class'],
    ['var a = async () => 1;', 'an async function'],
    ['async function a() { await b(); }', 'an async function'],
    ['function* a() {}', 'a generator'],
    ['var a = { *items() {} };', 'a generator'],
    ['var a = 2 ** 3;', 'the operator **'],
    ['var [a, ...b] = args;', 'the rest of a list in a pattern'],
    ['(([a, ...b]) => b)(args);', 'the rest of a list in a pattern'],
    ['var a = /(?<=a)b/;', 'the pattern /(?<=a)b/'],
    ['var a = /(?<name>a)/;', 'the pattern /(?<name>a)/'],
    ['var a = /a/s;', 'the pattern /a/s'],
    ['var a = {}; var b = a?.c;', 'syntax beyond ES2018'],
    ['var a = null ?? 1;', 'syntax beyond ES2018'],
    ['var a = 1n;', 'syntax beyond ES2018'],
    ['try { a; } catch { var a; }', 'syntax beyond ES2018'],
  ])('refuses the syntax of %s', (code, what) => {
    expect(() => requireFloor(code)).toThrow(what);
  });

  it.each([
    ['return process.env;', 'process'],
    ['return typeof window === "object";', 'window'],
    ['return { params, URL };', 'URL'],
    ['(function () { var URL = 1; })(); return URL;', 'URL'],
    ['return Object.fromEntries([]);', 'Object.fromEntries'],
    ['return Object["fromEntries"]([]);', 'Object.fromEntries'],
    ['const { fromEntries } = Object;', 'Object.fromEntries'],
    ['const { fromEntries: make } = other(); function other() { return Object; }', '.fromEntries'],
    ['return Object.hasOwn(args, "a");', 'Object.hasOwn'],
    ['return Error.captureStackTrace;', 'Error.captureStackTrace'],
    ['return [[1]].flat();', '.flat'],
    ['return args.flatMap(String);', '.flatMap'],
    ['return "a".at(-1);', '.at'],
    ['return args.name.replaceAll("a", "b");', '.replaceAll'],
    ['return args.findLast(String);', '.findLast'],
  ])('refuses the built-in of %s', (code, what) => {
    expect(() => requireFloor(code)).toThrow(`uses ${what}, which XSOAR's engine may not have`);
  });

  it.each([
    'return { ...args, time: Date.now() };',
    'const { a, ...rest } = args; return [...rest.list, (b = 1) => a + b];',
    'var shadow = (Object) => Object.fromAnything; return shadow;',
    'for (const [name, value] of Object.entries(params)) { http(name, value); }',
    'outer: for (;;) { break outer; }',
    'return /a/gim.test(command);',
  ])('accepts %s', (code) => {
    expect(() => requireFloor(code)).not.toThrow();
  });

  it('names the library, in a sentence for each thing', () => {
    const code = [
      '// src/duo/text.ts',
      'var ours = Object.keys;',
      '// node_modules/zod/v4/core/util.js',
      'var entries = Object.fromEntries;',
      '// node_modules/@scope/name/index.js',
      'class Old {}',
    ].join('\n');
    expect(() => requireFloor(code)).toThrow(
      [
        "The library zod (node_modules/zod/v4/core/util.js) uses Object.fromEntries, which XSOAR's engine may not have.",
        "The library @scope/name (node_modules/@scope/name/index.js) uses a class, which XSOAR's engine may not have.",
      ].join('\n'),
    );
  });
});
