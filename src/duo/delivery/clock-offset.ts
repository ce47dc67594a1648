import type { ApiResponse } from '../request.ts';

/** How far a request's date may be off, in seconds, before Duo refuses it. */
export const allowedOffsetSeconds = 300;

/**
 * Duo's clock minus the host's, in whole seconds. Duo's time was taken somewhere between sending and
 * receiving, so the middle is the best guess.
 */
export const clockOffsetSeconds = (
  time: Date,
  { sentAtMs, receivedAtMs }: Pick<ApiResponse, 'sentAtMs' | 'receivedAtMs'>,
): number => Math.round((time.getTime() - (sentAtMs + receivedAtMs) / 2) / 1000);

/** The offset for a person: `right to the second`, `12 s behind`, `301 s ahead`. */
export const describeOffset = (offsetSeconds: number): string => {
  // Duo tells whole seconds, so one second is within the reading's error.
  if (Math.abs(offsetSeconds) <= 1) {
    return 'right to the second';
  }
  return `${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead'}`;
};

/** The offset within a sentence: `12 s behind Duo's`, `301 s ahead of Duo's`. */
export const compareWithDuo = (offsetSeconds: number): string =>
  `${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Duo's`;
