import type { ApiResponse } from '../request.ts';

type Hinted = Pick<ApiResponse, 'retryAfter' | 'dateMs' | 'receivedAtMs'>;

const seconds = /^\s*\d{1,9}\s*$/;

/**
 * How long a reply asks to wait, in seconds; `undefined` when it does not say, or not in a form that
 * HTTP knows. A date is read against the reply's own, so that a wrong clock here does not matter.
 */
export const retryAfterSeconds = ({
  retryAfter,
  dateMs,
  receivedAtMs,
}: Hinted): number | undefined => {
  if (retryAfter === undefined || seconds.test(retryAfter)) {
    return retryAfter === undefined ? undefined : Number(retryAfter);
  }
  const atMs = Date.parse(retryAfter);
  return Number.isNaN(atMs) ? undefined : Math.max(0, (atMs - (dateMs ?? receivedAtMs)) / 1000);
};
