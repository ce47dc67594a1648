import { expect, it } from 'vitest';
import { readResponseHeaders } from '../../src/duo/request.ts';

it.each([
  [{}, {}],
  [{ 'retry-after': '7', 'x-retry-after': '9' }, { retryAfter: '7' }],
  [{ 'x-retry-after': '9', 'retry-after': '' }, { retryAfter: '9' }],
  [{ date: 'Tue, 02 Jan 2024 03:04:05 GMT' }, { dateMs: 1_704_164_645_000 }],
  [{ date: 'today' }, {}],
])('headers %j hint at %j', (headers: Readonly<Record<string, string>>, hints) => {
  expect(readResponseHeaders((name) => headers[name])).toEqual(hints);
});
