import { expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../src/duo/delivery/retry-after.ts';

const dateMs = Date.parse('Tue, 02 Jan 2024 03:04:05 GMT');

it.each([
  ['absent', undefined, undefined],
  ['seconds', '7', 7],
  ['seconds with space around', ' 7 ', 7],
  ['none to wait', '0', 0],
  ['a date', 'Tue, 02 Jan 2024 03:04:15 GMT', 10],
  ['a date that is past', 'Tue, 02 Jan 2024 03:00:00 GMT', 0],
  ['nonsense', 'soon', undefined],
  ['a fraction, which HTTP does not know', '1.5s', undefined],
  ['empty', '', undefined],
])('Retry-After: %s', (_what, retryAfter, seconds) => {
  // This machine's clock is an hour off; the reply's own date is what counts.
  const reply = { retryAfter, dateMs, receivedAtMs: dateMs + 3_600_000 };
  expect(retryAfterSeconds(reply)).toBe(seconds);
});

it('a date in a reply without one is read by the clock of this machine', () => {
  const retryAfter = 'Tue, 02 Jan 2024 03:04:15 GMT';
  expect(retryAfterSeconds({ retryAfter, receivedAtMs: dateMs })).toBe(10);
});
