import type { CliContext } from '../cli-context.ts';
import type { LineResult } from '../session.ts';
import { prettyJson } from './printable.ts';
import { readableText } from './readable-text.ts';

/** What to show of a command's result. */
export const outputFormats = ['text', 'markdown', 'json', 'context', 'raw'] as const;

/** One of {@link outputFormats}. */
export type OutputFormat = (typeof outputFormats)[number];

const pretty = (value: unknown): string => prettyJson(value) ?? 'null';

const contentsOf = ({ entries }: LineResult): unknown =>
  entries.length === 1 ? entries[0]?.Contents : entries.map(({ Contents }) => Contents);

const format = (
  output: OutputFormat,
  result: LineResult,
  context: Pick<CliContext, 'stdout' | 'env'>,
): string => {
  switch (output) {
    case 'text':
      return readableText(result.readable, context);
    case 'markdown':
      return result.entries.map(({ HumanReadable }) => HumanReadable).join('\n\n');
    case 'json':
      return pretty(result.entries);
    case 'context':
      return pretty(result.context);
    case 'raw':
      return pretty(contentsOf(result));
  }
};

/** Print the result of a line on stdout. `raw-response=true` in the line wins over the format. */
export const printResult = (
  output: OutputFormat,
  result: LineResult,
  context: Pick<CliContext, 'stdout' | 'env'>,
): void => {
  context.stdout.write(`${format(result.rawResponse ? 'raw' : output, result, context)}\n`);
};
