import type { ApiResponse } from './request.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// The form that RFC 9110, 5.6.7, tells servers to write, and the two older ones that it tells
// clients to read: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
// `Sun Nov  6 08:49:37 1994`.
const fixedDate = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;
const rfc850Date = /^[A-Z][a-z]+day, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/;
const asctimeDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

const utc = (day = '', month = '', year = '', ...time: (string | undefined)[]) => {
  const monthIndex = months.indexOf(month);
  const [hour, minute, second] = time.map(Number);
  return monthIndex < 0
    ? undefined
    : Date.UTC(Number(year), monthIndex, Number(day), hour, minute, second);
};

/**
 * A date in one of HTTP's three forms, in milliseconds since 1970; `undefined` for anything else.
 * `Date.parse` will not do: it takes `1.5` and `5, 10` for dates.
 *
 * @see RFC 9110, 5.6.7, "Date/Time Formats"
 */
export const parseHttpDate = (text: string): number | undefined => {
  const fixed = fixedDate.exec(text);
  if (fixed) {
    return utc(fixed[1], fixed[2], fixed[3], fixed[4], fixed[5], fixed[6]);
  }
  const rfc850 = rfc850Date.exec(text);
  if (rfc850) {
    // Two digits stand for a year within the fifty to come, or one that has passed.
    const century = Number(rfc850[3]) < 70 ? '20' : '19';
    return utc(rfc850[1], rfc850[2], century + rfc850[3], rfc850[4], rfc850[5], rfc850[6]);
  }
  const asctime = asctimeDate.exec(text);
  return asctime
    ? utc(asctime[2], asctime[1], asctime[6], asctime[3], asctime[4], asctime[5])
    : undefined;
};

/**
 * The headers of a response that matter for delivery: when to come back, and what time it is at Duo.
 *
 * @param headerOf a header's value by its lower-case name; empty or `undefined` when it is absent.
 */
export const readResponseHeaders = (
  headerOf: (name: string) => string | undefined,
): Pick<ApiResponse, 'retryAfter' | 'dateMs'> => ({
  dateMs: parseHttpDate(headerOf('date') ?? ''),
  retryAfter: headerOf('retry-after') || headerOf('x-retry-after') || undefined,
});

const wholeSeconds = /^\d{1,9}$/;

/**
 * How long a response asks to wait, in seconds; `undefined` when it does not say, or not in a form
 * that HTTP knows. A date is read against the response's own, so a wrong clock here does not matter.
 *
 * @see RFC 9110, 10.2.3, "Retry-After"
 */
export const retryAfterSeconds = ({
  retryAfter = '',
  dateMs,
  receivedAtMs,
}: Pick<ApiResponse, 'retryAfter' | 'dateMs' | 'receivedAtMs'>): number | undefined => {
  const text = retryAfter.trim();
  if (wholeSeconds.test(text)) {
    return Number(text);
  }
  const atMs = parseHttpDate(text);
  return atMs === undefined ? undefined : Math.max(0, (atMs - (dateMs ?? receivedAtMs)) / 1000);
};
