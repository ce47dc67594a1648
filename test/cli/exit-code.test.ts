import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { BadArgumentError } from '../../src/duo/errors/bad-argument-error.ts';
import { BadParameterError } from '../../src/duo/errors/bad-parameter-error.ts';
import { CancelledError } from '../../src/duo/errors/cancelled-error.ts';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { DuoApiError } from '../../src/duo/errors/refused-error.ts';
import { UnknownCommandError } from '../../src/duo/errors/unknown-command-error.ts';
import { InvalidResponseError } from '../../src/duo/errors/unreadable-reply-error.ts';

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
  [new InvalidResponseError('check', 200, 'reason'), 1],
  [new BadArgumentError('c', []), 2],
  [new BadParameterError([]), 2],
  [new UnknownCommandError('c', []), 2],
  [new UsageError('message'), 2],
  [new CancelledError(undefined), 130],
  [new Error('a fault of the program itself'), 1],
  ['not even an error', 1],
])('%s', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
