import { expect, it } from 'vitest';
import { exitCodeOf, reportError, UsageError } from '../../src/cli/errors.ts';
import {
  BadArgumentError,
  BadParameterError,
  UnknownCommandError,
} from '../../src/duo/errors/input-errors.ts';
import { CancelledError, NetworkError } from '../../src/duo/errors/network-error.ts';
import { DuoApiError, InvalidResponseError } from '../../src/duo/errors/response-errors.ts';
import { Captured } from './cli-context.ts';

const refusal = {
  duoCode: 40103,
  duoMessage: 'Invalid signature',
  duoDetail: undefined,
  httpStatus: 401,
  endpoint: 'check',
} as const;

it.each([
  [new NetworkError('refused', 'check', 'message', 'ECONNREFUSED'), 1],
  [new DuoApiError(refusal), 1],
  [new InvalidResponseError({ endpoint: 'check', httpStatus: 200, reason: 'reason' }), 1],
  [new BadArgumentError('c', []), 2],
  [new BadParameterError([]), 2],
  [new UnknownCommandError('c', []), 2],
  [new UsageError('message'), 2],
  [new CancelledError(undefined), 130],
  [new Error('a fault of the program itself'), 1],
  ['not even an error', 1],
])('%s ends the program with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

const report = (error: unknown): string[] => {
  const stderr = new Captured();
  reportError(error, stderr);
  return stderr.lines;
};

it('writes what went wrong and, on a line of its own, what to do', () => {
  const error = new BadArgumentError('duo-check', [{ name: 'x', rule: 'is not known' }]);
  expect(report(error)).toEqual(['x is not known.', error.advice]);
  expect(report(new UsageError('what', 'do'))).toEqual(['what', 'do']);
});

it('has no line for advice that there is not', () => {
  expect(report(new CancelledError(undefined))).toEqual(['Cancelled.']);
  expect(report(new UsageError('what'))).toEqual(['what']);
});

it('says where the parameters of the command line come from', () => {
  const [, advice] = report(new BadParameterError([{ name: 'ikey', rule: 'is missing' }]));
  expect(advice).toContain('--params, --profile or --env-file');
});

it.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['a string', 'a string'],
])('is plain about the unexpected: %s', (error, text) => {
  expect(report(error)).toEqual([`Something unexpected went wrong: ${text}`]);
});

it('wraps at spaces on a terminal, and never in a word', () => {
  const stderr = new Captured({ isTTY: true });
  stderr.columns = 30;
  reportError(new UsageError('This sentence is longer than thirty columns are.'), stderr);
  expect(stderr.lines).toEqual(['This sentence is longer than', 'thirty columns are.']);
});

it('writes each fault of the arguments on a line of its own', () => {
  const faults = [
    { name: 'usrname', rule: 'is not an argument of duo-preauth; did you mean username?' },
    { name: 'username', rule: 'give either username or user_id' },
  ];
  expect(report(new BadArgumentError('duo-preauth', faults)).slice(0, 2)).toEqual([
    'usrname is not an argument of duo-preauth; did you mean username?',
    'username: give either username or user_id.',
  ]);
});
