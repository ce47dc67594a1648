import { distance } from 'fastest-levenshtein';

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
