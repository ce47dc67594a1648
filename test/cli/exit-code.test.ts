import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { DuoApiError } from '../../src/duo/errors/duo-api-error.ts';
import {
  BadArgumentError,
  BadParameterError,
  UnknownCommandError,
} from '../../src/duo/errors/input-errors.ts';
import { InvalidResponseError } from '../../src/duo/errors/invalid-response-error.ts';
import { CancelledError, NetworkError } from '../../src/duo/errors/network-error.ts';

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
