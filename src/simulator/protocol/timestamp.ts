const rfc2822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +)?\d{1,2} +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{4} +\d{2}:\d{2}:\d{2} +(?:[+-]\d{4}|GMT|UTC?|Z)$/;

/**
 * Reads the date of a request: RFC 2822, in English, with any zone.
 *
 * @returns milliseconds since 1970, or `undefined` when it is not such a date.
 */
export const parseTimestamp = (text: string): number | undefined => {
  const trimmed = text.trim();
  if (!rfc2822.test(trimmed)) {
    return undefined;
  }
  const timeMs = Date.parse(trimmed.replace(/UT$/, 'UTC'));
  return Number.isNaN(timeMs) ? undefined : timeMs;
};
