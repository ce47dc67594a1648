import { createHash, randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

type IdPrefix = 'DU' | 'DP' | 'DH';

/** An id in Duo's form that depends on the seed alone, so that a reloaded file keeps its ids. */
export const derivedId = (prefix: IdPrefix, seed: string): string => {
  const bytes = createHash('sha256').update(`${prefix}:${seed}`).digest().subarray(0, 18);
  return prefix + [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
};

/** Random capital letters and digits. */
export const randomLetters = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Random decimal digits. */
export const randomDigits = (length: number): string =>
  Array.from({ length }, () => String(randomInt(10))).join('');
