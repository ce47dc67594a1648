import { distance } from 'fastest-levenshtein';
import type { Fault } from './errors/input-errors.ts';

const lettersPerMistake = 3;

const sortedLetters = (word: string): string => word.split('').sort().join('');

/** Letters to add, drop or replace; two that are swapped, as in `hlep`, are one mistake. */
const mistakesBetween = (word: string, candidate: string): number => {
  const edits = distance(word, candidate);
  return edits === 2 && sortedLetters(word) === sortedLetters(candidate) ? 1 : edits;
};

/** The known word that was probably meant: one mistake in three letters is forgiven. */
export const closest = (word: string, known: readonly string[]): string | undefined => {
  const limit = Math.max(1, Math.floor(word.length / lettersPerMistake));
  const [best] = known
    .map((candidate) => ({
      candidate,
      mistakes: mistakesBetween(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ mistakes }) => mistakes <= limit)
    .sort((left, right) => left.mistakes - right.mistakes);
  return best?.candidate;
};

/**
 * A fault for each name that is not known, with the known name that was probably meant.
 *
 * @param rule such as `is not a parameter`.
 */
export const unknownNames = (
  given: readonly string[],
  known: readonly string[],
  rule: string,
): Fault[] =>
  given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = closest(name, known);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      return { name, rule: `${rule}${hint}` };
    });
