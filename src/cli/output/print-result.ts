import { closest } from '../../duo/closest.ts';
import type { CliContext } from '../cli-context.ts';
import { lookUp, PathError, parsePath } from '../context/path.ts';
import { asList, asText } from '../context/values.ts';
import { UsageError } from '../errors.ts';
import type { PreparedLine } from '../line/prepare-line.ts';
import type { LineResult } from '../session.ts';
import { prettyJson, printableLine } from './printable.ts';
import { isColored, type ReadableOutput, readableText } from './readable-text.ts';

/** What to show of a command's result. */
export const outputFormats = ['text', 'markdown', 'json', 'context', 'raw'] as const;

/** One of {@link outputFormats}. */
export type OutputFormat = (typeof outputFormats)[number];

const pretty = (value: unknown): string => prettyJson(value) ?? 'null';

const withQrCode = async ({ readable }: LineResult, output: ReadableOutput): Promise<string> => {
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
  context: ReadableOutput,
): Promise<string> => {
  switch (output) {
    case 'text':
      return withQrCode(result, context);
    case 'markdown':
      return result.entry.HumanReadable;
    case 'json':
      return pretty([result.entry]);
    case 'context':
      return pretty(result.context);
    case 'raw':
      return pretty(result.entry.Contents);
  }
};

/** Print the result of a line on stdout. `raw-response=true` in the line wins over the format. */
export const printResult = async (
  output: OutputFormat,
  result: LineResult,
  context: ReadableOutput,
): Promise<void> => {
  const text = await format(result.rawResponse ? 'raw' : output, result, context);
  context.stdout.write(`${text}\n`);
};

/** The keys of a path, without indices and conditions. */
const keysOf = (path: string): string => {
  try {
    return parsePath(path)
      .flatMap((step) => ('key' in step ? [step.key] : []))
      .join('.');
  } catch (error) {
    throw error instanceof PathError
      ? new UsageError(`The field ${path} cannot be read: ${error.message}.`)
      : error;
  }
};

const isWithin = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`);

/**
 * Refuse a field that the command never writes, before anything is sent.
 *
 * @throws {@link UsageError}
 */
export const checkFields = (
  fields: readonly string[],
  { command, options }: PreparedLine,
): void => {
  const written = [
    ...command.outputs.map(({ contextPath }) => contextPath),
    ...options.extensions.map(({ key }) => keysOf(key)),
  ];
  for (const field of fields) {
    const keys = keysOf(field);
    if (!written.some((path) => isWithin(path, keys) || isWithin(keys, path))) {
      const meant = closest(keys, written);
      throw new UsageError(
        `${command.name} writes no ${field}.`,
        meant === undefined
          ? `xsoar-duo help ${command.name} lists what it writes.`
          : `Did you mean ${meant}?`,
      );
    }
  }
};

/** Print fields of the context, a line each: of a list a line for each member, of nothing an empty line. */
export const printFields = (
  fields: readonly string[],
  { context }: LineResult,
  { stdout }: Pick<CliContext, 'stdout'>,
): void => {
  for (const field of fields) {
    const values = asList(lookUp(context, field)).map(asText);
    for (const text of values.length === 0 ? [''] : values) {
      stdout.write(`${stdout.isTTY === true ? printableLine(text) : text}\n`);
    }
  }
};
