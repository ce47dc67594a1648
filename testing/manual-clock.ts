/** A clock that a test moves by hand. */
export const createManualClock = (startMs = Date.UTC(2026, 0, 2, 3, 4, 5)) => {
  let nowMs = startMs;
  return {
    now: (): number => nowMs,
    advance: (ms: number): void => {
      nowMs += ms;
    },
  };
};
