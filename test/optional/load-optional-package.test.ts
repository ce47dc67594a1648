import { expect, it } from 'vitest';
import {
  loadOptionalPackage,
  MissingPackageError,
} from '../../src/optional/load-optional-package.ts';
import { rejection } from '../../testing/caught.ts';

const failure = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

it('gives the package when it is there', async () => {
  expect(await loadOptionalPackage('fastify', async () => 'the package')).toBe('the package');
});

it.each([
  ['an ES module', 'ERR_MODULE_NOT_FOUND', "Cannot find package 'fastify' imported from /x.js"],
  ['CommonJS', 'MODULE_NOT_FOUND', "Cannot find module 'fastify'"],
])('names the package that is not, from %s', async (_from, code, message) => {
  const cause = failure(code, message);
  const error = await rejection(loadOptionalPackage('fastify', () => Promise.reject(cause)));
  expect(error).toBeInstanceOf(MissingPackageError);
  expect(error).toMatchObject({
    packageName: 'fastify',
    message:
      'The package fastify is not installed: run npm install fastify, with --global if xsoar-duo is installed globally',
    cause,
  });
});

it.each([
  failure('ERR_MODULE_NOT_FOUND', "Cannot find package 'fastify-extra' imported from elsewhere"),
  failure('ERR_INVALID_PACKAGE_CONFIG', "'fastify' is broken"),
  new SyntaxError('unexpected token'),
])('hides no other fault: %s', async (cause) => {
  expect(await rejection(loadOptionalPackage('fastify', () => Promise.reject(cause)))).toBe(cause);
});
