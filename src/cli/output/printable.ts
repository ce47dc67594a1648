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

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** How many columns of a terminal a text takes: letters of East Asia and emoji take two. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) {
    width += wide.test(segment) ? 2 : 1;
  }
  return width;
};

/** Fill a text up with spaces to a width in columns. */
export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** An output that may be a terminal, with its width in columns. */
export interface Sized {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The width to wrap at: the terminal's; no limit for a pipe or a file. */
export const columnsOfOutput = ({ isTTY, columns = 80 }: Sized): number =>
  isTTY === true ? columns : Number.POSITIVE_INFINITY;

const wrapLine = (line: string, columns: number): string[] => {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.trim().split(/ +/)) {
    const longer = current === '' ? indent + word : `${current} ${word}`;
    if (current !== '' && displayWidth(longer) > columns) {
      lines.push(current);
      current = indent + word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
};

/**
 * Wrap each line of a text at spaces; an indented line stays indented. A word that is too long, such
 * as an address, stays whole: broken in two it could be neither clicked nor copied.
 */
export const wrapTo = (text: string, columns: number): string =>
  text
    .split('\n')
    .flatMap((line) => (displayWidth(line) <= columns ? [line] : wrapLine(line, columns)))
    .join('\n');

/** Wrap a text to the width of an output. */
export const wrap = (text: string, output: Sized): string => wrapTo(text, columnsOfOutput(output));
