import { stripVTControlCharacters } from 'node:util';

// Marks that move the cursor, reorder what a person reads, or cannot be seen.
const unprintable = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const asEscape = (letter: string): string =>
  `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A line that came from elsewhere, without what a terminal would obey. Its spacing stays. */
export const printableLine = (text: string): string =>
  stripVTControlCharacters(text).replace(unprintable, '');

/**
 * A value as JSON for a person to read. JSON itself lets through some marks that a terminal obeys;
 * here they are written as escapes, which mean the same to a program.
 */
export const prettyJson = (value: unknown): string | undefined =>
  JSON.stringify(value, null, 2)
    ?.split('\n')
    .map((line) => line.replace(unprintable, asEscape))
    .join('\n');
