// Duo tells whole seconds.
const readingErrorSeconds = 1;

/** How far this machine's clock is off, as far as is known. It lives as long as its client. */
export interface DuoClock {
  /** Duo's clock minus this machine's, in seconds; `undefined` until it had to be measured. */
  readonly offsetSeconds: () => number | undefined;
  /** Date requests by this offset from now on. */
  readonly correct: (offsetSeconds: number) => void;
}

/** @param onCorrected told once, when the clock is first found to be wrong. */
export const createDuoClock = (onCorrected: (offsetSeconds: number) => void): DuoClock => {
  let known: number | undefined;
  let isTold = false;
  return {
    offsetSeconds: () => known,
    correct: (offsetSeconds) => {
      if (!isTold && Math.abs(offsetSeconds) > readingErrorSeconds) {
        isTold = true;
        onCorrected(offsetSeconds);
      }
      known = offsetSeconds;
    },
  };
};
