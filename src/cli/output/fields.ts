import { closest } from '../../duo/closest.ts';
import type { CliContext } from '../cli-context.ts';
import { PathError } from '../context/condition.ts';
import { lookUp, parsePath } from '../context/path.ts';
import { asList } from '../context/values.ts';
import { UsageError } from '../errors.ts';
import type { PreparedLine } from '../line/prepare-line.ts';
import type { LineResult } from '../session.ts';
import { printableLine } from './printable.ts';

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

const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

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
