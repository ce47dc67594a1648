import type { Say } from '../say-once.ts';
import type { LineOptions } from './read-options.ts';

/** Tell which options of a line were accepted and do nothing here. */
export const noteWithoutEffect = (
  { withoutEffect }: Pick<LineOptions, 'withoutEffect'>,
  say: Say,
): void => {
  for (const name of withoutEffect) {
    say(`${name} has no effect outside XSOAR.`);
  }
};
