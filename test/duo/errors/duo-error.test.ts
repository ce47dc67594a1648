import { describe, expect, it } from 'vitest';
import {
  DuoError,
  duoErrorCodes,
  explain,
  inTransaction,
} from '../../../src/duo/errors/duo-error.ts';
import {
  BadArgumentError,
  BadParameterError,
  UnknownCommandError,
} from '../../../src/duo/errors/input-errors.ts';
import {
  CancelledError,
  NetworkError,
  type NetworkErrorKind,
} from '../../../src/duo/errors/network-error.ts';
import { DuoApiError, InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';

const faults = [
  { name: 'hostname', rule: 'is missing' },
  { name: 'time\u001b[31mout', rule: 'must be a number' },
];

const refusal = (duoCode: number, duoMessage = 'No', duoDetail?: string) => ({
  duoCode,
  duoMessage,
  duoDetail,
  httpStatus: Math.floor(duoCode / 100),
  endpoint: 'check' as const,
});

// Made anew in each test, as a program does.
const all = [
  ['BadParameterError', () => new BadParameterError(faults), { faults }],
  [
    'BadArgumentError',
    () => new BadArgumentError('duo-check', faults),
    { command: 'duo-check', faults },
  ],
  [
    'UnknownCommandError',
    () => new UnknownCommandError('duo-chek', ['duo-check'], 'duo-check'),
    { command: 'duo-chek', suggestion: 'duo-check' },
  ],
  [
    'NetworkError',
    () => new NetworkError('dns', 'ping', 'Not found.', 'ENOTFOUND'),
    { kind: 'dns', endpoint: 'ping', reason: 'ENOTFOUND', sent: 'unknown' },
  ],
  ['DuoApiError', () => new DuoApiError(refusal(40103)), refusal(40103)],
  [
    'InvalidResponseError',
    () =>
      new InvalidResponseError({
        endpoint: 'auth',
        httpStatus: 502,
        reason: 'it is a web page',
        excerpt: 'Bad Gateway',
      }),
    { endpoint: 'auth', httpStatus: 502, reason: 'it is a web page', excerpt: 'Bad Gateway' },
  ],
  ['CancelledError', () => new CancelledError('auth'), { mayReachUser: true }],
] as const;

describe.each(all)('%s', (name, create, details) => {
  it('is a DuoError with its name and a known code', () => {
    const error = create();
    expect(error).toBeInstanceOf(DuoError);
    expect(error.name).toBe(name);
    expect(duoErrorCodes).toContain(error.code);
  });

  it('says what happened in one sentence and what to do in another', () => {
    const error = create();
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.advice).toMatch(/^[A-Z].*[.?]$/);
    expect(explain(error)).toBe(`${error.message} ${error.advice}`);
  });

  it('becomes JSON with its details', () => {
    const error = create();
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name,
      code: error.code,
      message: error.message,
      advice: error.advice,
      ...JSON.parse(JSON.stringify(details)),
    });
  });
});

it('has an error for every code', () => {
  expect(new Set(all.map(([, create]) => create().code))).toEqual(new Set(duoErrorCodes));
});

describe('messages', () => {
  it('list all faults, and no control character of a name', () => {
    expect(new BadParameterError(faults).message).toContain(
      'hostname: is missing; timeout: must be a number',
    );
  });

  it('list the commands when none is close', () => {
    const error = new UnknownCommandError('x\u001b[2J', ['duo-check', 'duo-ping']);
    expect(error.message).toBe('There is no command x.');
    expect(error.advice).toBe('The commands are duo-check, duo-ping.');
    const close = new UnknownCommandError('duo-chek', ['duo-check', 'duo-ping'], 'duo-check');
    expect(close.advice).toBe('Did you mean duo-check?');
  });

  it("hold Duo's detail when there is one", () => {
    expect(new DuoApiError(refusal(40002, 'Invalid request parameters', 'txid')).message).toBe(
      'Duo answered /check with 40002: Invalid request parameters (txid).',
    );
  });

  it("end after Duo's words when there is none", () => {
    expect(new DuoApiError(refusal(40103, 'Invalid signature')).message).toBe(
      'Duo answered /check with 40103: Invalid signature.',
    );
  });

  it('say which response cannot be read, and show nothing of it unasked', () => {
    const unread = { endpoint: 'auth', httpStatus: 502, reason: 'it is a web page' } as const;
    const { message, excerpt } = new InvalidResponseError(unread);
    expect(message).toBe('The response to /auth (HTTP 502) cannot be read: it is a web page.');
    expect(excerpt).toBe('');
  });

  it('take advice that fits better', () => {
    expect(new DuoApiError(refusal(40103), 'Set the clock.').advice).toBe('Set the clock.');
    const renew = { advice: 'Renew it.' };
    expect(new NetworkError('tls', 'ping', 'It has expired.', 'E', renew).advice).toBe('Renew it.');
  });

  it('warn of a push that may still arrive, and only of one', () => {
    expect(new CancelledError('auth').advice).toMatch(/still reach the user/);
    expect(new CancelledError('auth_status').advice).toMatch(/still reach the user/);
    expect(explain(new CancelledError('preauth'))).toBe('Cancelled.');
    expect(new CancelledError(undefined).mayReachUser).toBe(false);
  });
});

describe('advice', () => {
  it.each([
    [40102, 'No', undefined, /integration key/],
    [40103, 'No', undefined, /secret key/],
    [40105, 'No', undefined, /clock/],
    [40301, 'Access forbidden', 'Wrong integration type for this API.', /type "Auth API"/],
    [40301, 'Access forbidden', 'client version is deprecated', /useragent/],
    [40301, 'Your client version is deprecated', undefined, /useragent/],
    [42901, 'No', undefined, /Wait/],
    [40002, 'No', 'username', /Correct the argument/],
    [40103, 'client version is deprecated', undefined, /secret key/],
    [50000, 'No', undefined, /status\.duo\.com/],
    [40999, 'No', undefined, /documentation/],
  ])('on %i %s %s', (code, message, detail, advice) => {
    expect(new DuoApiError(refusal(code, message, detail)).advice).toMatch(advice);
  });

  it.each<NetworkErrorKind>(['dns', 'refused', 'tls', 'proxy', 'timeout', 'reset'])(
    'on a network failure of kind %s is its own',
    (kind) => {
      const others = all.map(([, create]) => create().advice);
      const { advice } = new NetworkError(kind, 'ping', 'It failed.', 'E');
      expect(advice.length).toBeGreaterThan(20);
      expect(kind === 'dns' || !others.includes(advice)).toBe(true);
    },
  );
});

it('advises on a user that Duo may not know, for auth alone', () => {
  const failure = refusal(40002, 'Invalid request parameters', 'username');
  expect(new DuoApiError({ ...failure, endpoint: 'auth' }).advice).toMatch(
    /may not know this user/,
  );
  expect(new DuoApiError({ ...failure, endpoint: 'preauth' }).advice).toMatch(/Correct/);
  const other = refusal(40002, 'Invalid request parameters', 'factor');
  expect(new DuoApiError({ ...other, endpoint: 'auth' }).advice).toMatch(/Correct/);
  const locked = refusal(40301, 'Access forbidden', 'username');
  expect(new DuoApiError({ ...locked, endpoint: 'auth' }).advice).toMatch(/type "Auth API"/);
});

describe('inTransaction', () => {
  it('marks any error with the transaction, once', () => {
    const error = new DuoApiError(refusal(40103));
    expect(error).toMatchObject({ txid: undefined, sent: undefined });
    expect(JSON.parse(JSON.stringify(error))).not.toHaveProperty('txid');
    expect(inTransaction(inTransaction(error, 'tx'), 'tx')).toBe(error);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ txid: 'tx', sent: 'yes' });
    expect(error.advice.match(/follow the transaction/g)).toHaveLength(1);
  });

  it('adds to advice that is empty', () => {
    expect(inTransaction(new CancelledError(undefined), 'tx').advice).toMatch(/^The user has been/);
  });
});
