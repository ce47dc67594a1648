import { expect, it } from 'vitest';
import { loadOptionalPackage, MissingPackageError } from '../../src/simulator/optional-package.ts';

const failure = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

it('gives the package when it is there', async () => {
  expect(await loadOptionalPackage('fastify', () => Promise.resolve('fastify'))).toBe('fastify');
});

it('names the package that is not', async () => {
  const cause = failure('ERR_MODULE_NOT_FOUND', "Cannot find package 'fastify' imported from here");
  const error = await loadOptionalPackage('fastify', () => Promise.reject(cause)).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(MissingPackageError);
  expect(error).toMatchObject({
    packageName: 'fastify',
    message: expect.stringContaining('npm install fastify'),
    cause,
  });
});

it.each([
  failure('ERR_MODULE_NOT_FOUND', "Cannot find package 'avvio' imported from elsewhere"),
  failure('ERR_INVALID_PACKAGE_CONFIG', 'fastify is broken'),
])('hides no other fault: %s', async (cause) => {
  await expect(loadOptionalPackage('fastify', () => Promise.reject(cause))).rejects.toBe(cause);
});
