import { describe, expect, it } from 'vitest';
import {
  parseHttpDate,
  readResponseHeaders,
  retryAfterSeconds,
} from '../../src/duo/response-headers.ts';

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Thursday, 01-Jan-70 00:00:00 GMT', 0],
    ['Tuesday, 31-Dec-69 23:59:59 GMT', Date.UTC(2069, 11, 31, 23, 59, 59)],
    ['Sun Nov  6 08:49:37 1994', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sun Nov 16 08:49:37 1994', Date.UTC(1994, 10, 16, 8, 49, 37)],
  ])('reads %s', (text, ms) => {
    expect(parseHttpDate(text)).toBe(ms);
  });

  it('knows each month', () => {
    const days = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 2, 3, 4, 5));
    for (const day of days) {
      expect(parseHttpDate(new Date(day).toUTCString())).toBe(day);
    }
  });

  it.each([
    '',
    'today',
    'x Sunday, 06-Nov-94 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT x',
    'x Sun Nov 16 08:49:37 1994',
    'Sun Nov 16 08:49:37 1994 x',
    '1.5',
    '-5',
    '5, 10',
    '2024-01-02T03:04:05Z',
    'Tue, 02 Foo 2024 03:04:05 GMT',
    'Tue, 02 Jan 2024 03:04:05 +0100',
    'Tue, 02 Jan 2024 03:04:05 GMT, Tue, 02 Jan 2024 03:04:05 GMT',
  ])('takes "%s" for no date', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});

it.each([
  [{}, {}],
  [{ 'retry-after': '7', 'x-retry-after': '9' }, { retryAfter: '7' }],
  [{ 'x-retry-after': '9', 'retry-after': '' }, { retryAfter: '9' }],
  [{ date: 'Tue, 02 Jan 2024 03:04:05 GMT' }, { dateMs: 1_704_164_645_000 }],
  [{ date: 'today' }, {}],
])('reads %j as %j', (headers: Readonly<Record<string, string>>, expected) => {
  expect(readResponseHeaders((name) => headers[name])).toEqual({
    dateMs: undefined,
    retryAfter: undefined,
    ...expected,
  });
});

describe('retryAfterSeconds', () => {
  const dateMs = Date.parse('Tue, 02 Jan 2024 03:04:05 GMT');

  it.each([
    ['absent', undefined, undefined],
    ['seconds', '7', 7],
    ['seconds with space around', ' 7 ', 7],
    ['none to wait', '0', 0],
    ['a date', 'Tue, 02 Jan 2024 03:04:15 GMT', 10],
    ['a date that is past', 'Tue, 02 Jan 2024 03:00:00 GMT', 0],
    ['nonsense', 'soon', undefined],
    ['a fraction', '1.5', undefined],
    ['a fraction with a unit', '1.5s', undefined],
    ['a negative number', '-5', undefined],
    ['a list', '5, 10', undefined],
    ['ten digits', '9999999999', undefined],
    ['empty', '', undefined],
  ])('%s', (_what, retryAfter, seconds) => {
    // This machine's clock is an hour off; the response's own date is what counts.
    const response = { retryAfter, dateMs, receivedAtMs: dateMs + 3_600_000 };
    expect(retryAfterSeconds(response)).toBe(seconds);
  });

  it('reads a date in a response without one by the clock of this machine', () => {
    const retryAfter = 'Tue, 02 Jan 2024 03:04:15 GMT';
    expect(retryAfterSeconds({ retryAfter, receivedAtMs: dateMs })).toBe(10);
  });
});
