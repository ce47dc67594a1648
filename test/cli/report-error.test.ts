import { expect, it } from 'vitest';
import { reportError } from '../../src/cli/report-error.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { BadArgumentError, BadParameterError } from '../../src/duo/errors/input-errors.ts';
import { CancelledError } from '../../src/duo/errors/network-error.ts';
import { Captured } from '../../testing/cli-context.ts';

const report = (error: unknown): string[] => {
  const stderr = new Captured();
  reportError(error, stderr);
  return stderr.lines;
};

it('tells what went wrong and, on a line of its own, what to do', () => {
  const error = new BadArgumentError('duo-check', [{ name: 'x', rule: 'is not known' }]);
  expect(report(error)).toEqual([error.message, error.advice]);
  expect(report(new UsageError('what', 'do'))).toEqual(['what', 'do']);
});

it('has no line for advice that there is not', () => {
  expect(report(new CancelledError(undefined))).toEqual(['Cancelled.']);
  expect(report(new UsageError('what'))).toEqual(['what']);
});

it('says where the parameters of the command line come from', () => {
  const [, advice] = report(new BadParameterError([{ name: 'ikey', rule: 'is missing' }]));
  expect(advice).toContain('--params FILE.json');
});

it.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['a string', 'a string'],
])('is plain about what nobody foresaw: %s', (error, text) => {
  expect(report(error)).toEqual([`Something unexpected went wrong: ${text}`]);
});
