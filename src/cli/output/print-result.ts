import type { CliContext } from '../cli-context.ts';
import type { LineResult } from '../session.ts';
import { prettyJson } from './printable.ts';
import { isColored, readableText } from './readable-text.ts';

/** What to show of a command's result. */
export const outputFormats = ['text', 'markdown', 'json', 'context', 'raw'] as const;

/** One of {@link outputFormats}. */
export type OutputFormat = (typeof outputFormats)[number];

type Output = Pick<CliContext, 'stdout' | 'env'>;

const pretty = (value: unknown): string => prettyJson(value) ?? 'null';

const contentsOf = ({ entries }: LineResult): unknown =>
  entries.length === 1 ? entries[0]?.Contents : entries.map(({ Contents }) => Contents);

const withQrCode = async ({ readable }: LineResult, output: Output): Promise<string> => {
  const text = readableText(readable, output);
  if (readable.qrCode === undefined || output.stdout.isTTY !== true) {
    return text;
  }
  const { toString: draw } = await import('qrcode');
  const type = isColored(output) ? 'terminal' : 'utf8';
  return `${text}\n\n${(await draw(readable.qrCode, { type, small: true })).trimEnd()}`;
};

const format = async (
  output: OutputFormat,
  result: LineResult,
  context: Output,
): Promise<string> => {
  switch (output) {
    case 'text':
      return withQrCode(result, context);
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
export const printResult = async (
  output: OutputFormat,
  result: LineResult,
  context: Output,
): Promise<void> => {
  const text = await format(result.rawResponse ? 'raw' : output, result, context);
  context.stdout.write(`${text}\n`);
};
