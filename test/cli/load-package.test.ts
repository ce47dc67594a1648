import { expect, it } from 'vitest';
import { loadPackage } from '../../src/cli/load-package.ts';
import { rejection } from '../support/caught.ts';

const notFound = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /x.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

it('gives the package', async () => {
  expect(await loadPackage('x', async () => 'the package')).toBe('the package');
});

it('names a package that is missing, and the command that installs it', async () => {
  const error = await rejection(loadPackage('ora', () => Promise.reject(notFound('ora'))));
  expect(error).toMatchObject({
    name: 'UsageError',
    message: 'The package ora is not installed.',
    advice: 'Run: npm install --include=optional',
  });
});

it.each([
  ['another package that is missing', notFound('oracle')],
  ['a package that is broken', new SyntaxError('unexpected token')],
])('does not hide %s', async (_, error) => {
  expect(await rejection(loadPackage('ora', () => Promise.reject(error)))).toBe(error);
});
