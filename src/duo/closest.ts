import { distance } from 'fastest-levenshtein';
import type { Fault } from './errors/input-errors.ts';

const lettersPerMistake = 3;

/** The known word that was probably meant: one mistake in three letters is forgiven. */
export const closest = (word: string, known: readonly string[]): string | undefined => {
  const limit = Math.max(1, Math.floor(word.length / lettersPerMistake));
  const [best] = known
    .map((candidate) => ({
      candidate,
      mistakes: distance(word.toLowerCase(), candidate.toLowerCase()),
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
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      return { name, rule: `${rule}${hint}` };
    });
