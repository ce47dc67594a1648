import { commands } from '../../integration/commands/table.ts';
import { UsageError } from '../errors.ts';
import type { LineFault } from './parse-line.ts';

const secretNames = [...commands.values()].flatMap((command) =>
  Object.entries(command.arguments)
    .filter(([, { secret }]) => secret === true)
    .map(([name]) => name),
);

// Up to the closing quote or the end of the line, or, without a quote, to the next white space.
const anyValue = ['"', "'", '`']
  .map((quote) => String.raw`${quote}(?:\\.|[^${quote}\\])*${quote}?`)
  .concat(String.raw`\S+`)
  .join('|');

const secretValue = new RegExp(`(\\b(?:${secretNames.join('|')})\\s*=\\s*)(${anyValue})`, 'gs');

/** Does the line hold a secret, such as a passcode? It need not be well-formed for that. */
export const hasSecret = (text: string): boolean => text.search(secretValue) !== -1;

const shown = (text: string): string =>
  text
    .replace(secretValue, (_, name: string, value: string) => name + '*'.repeat(value.length))
    // One character for one, so that the marks below still point at the right place.
    .replace(/[\s\p{Cc}]/gu, ' ');

const mark = ({ at, rule }: LineFault): string => `${' '.repeat(at)}^ ${rule}`;

// A longer line would wrap on most terminals, and its marks would point at nothing.
const longestLine = 76;
const beforeFault = 30;

/** The part of a long line around a fault, and the fault where it is in that part. */
const excerpt = (line: string, { at, rule }: LineFault): string => {
  const from = Math.max(0, at - beforeFault);
  const until = from + longestLine - 2;
  const [before, after] = [from > 0 ? '…' : '', until < line.length ? '…' : ''];
  const part = `${before}${line.slice(from, until)}${after}`;
  return `${part}\n${mark({ at: at - from + before.length, rule })}`;
};

/** The line, and a mark with its reason for each fault; of a long line the part around each. */
const pointAt = (text: string, faults: readonly LineFault[]): string => {
  const line = shown(text);
  return line.length > longestLine
    ? faults.map((fault) => excerpt(line, fault)).join('\n')
    : [line, ...faults.map(mark)].join('\n');
};

/** A line cannot be run as it was typed. The message shows it, with a mark at every fault. */
export class LineError extends UsageError {
  override readonly name = 'LineError';
  readonly faults: readonly LineFault[];

  constructor(text: string, faults: readonly LineFault[], advice = 'Nothing was sent to Duo.') {
    const inOrder = faults.toSorted((first, second) => first.at - second.at);
    super(pointAt(text, inOrder), advice);
    this.faults = inOrder;
  }
}
