/** Numbers from 0 to 1 that are the same for the same seed (xorshift32). */
export const createRandom = (seed: number): (() => number) => {
  // Zero is the one state that xorshift never leaves.
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
