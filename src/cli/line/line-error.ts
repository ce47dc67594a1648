import { commands } from '../../integration/commands/table.ts';
import { UsageError } from '../usage-error.ts';
import type { LineFault } from './line-fault.ts';

const secretNames = [...commands.values()].flatMap((command) =>
  Object.entries(command.arguments)
    .filter(([, { secret }]) => secret === true)
    .map(([name]) => name),
);

const secretValue = new RegExp(
  String.raw`(\b(?:${secretNames.join('|')})\s*=\s*)("[^"]*"?|'[^']*'?|` +
    '`[^`]*`?' +
    String.raw`|\S+)`,
  'g',
);

/** Does the line give a secret, such as a passcode? It does not have to be well-formed for that. */
export const hasSecret = (text: string): boolean => text.search(secretValue) !== -1;

const shown = (text: string): string =>
  text
    .replace(secretValue, (_, name: string, value: string) => name + '*'.repeat(value.length))
    // One character for one, so that the marks below still point at the right place.
    .replace(/[\s\p{Cc}]/gu, ' ');

/** The line, and under it one mark with its reason for each fault. */
const pointAt = (text: string, faults: readonly LineFault[]): string =>
  [shown(text), ...faults.map(({ at, rule }) => `${' '.repeat(at)}^ ${rule}`)].join('\n');

/** A line cannot be run as it was typed. The message shows it, with a mark at every fault. */
export class LineError extends UsageError {
  override readonly name = 'LineError';
  readonly faults: readonly LineFault[];

  constructor(text: string, faults: readonly LineFault[], advice = 'Nothing was sent to Duo.') {
    super(pointAt(text, faults), advice);
    this.faults = faults;
  }
}
