import { findCommand } from '../../integration/dispatch.ts';
import type { Values } from '../context/values.ts';
import { LineError } from '../line/line-error.ts';
import type { LineFault } from '../line/line-fault.ts';
import { type NamedArgument, parseLine } from '../line/parse-line.ts';
import { namePositional } from './name-positional.ts';
import { type GivenOption, type LineOptions, readOptions } from './read-options.ts';
import { resolveTemplate } from './resolve-template.ts';

/** A line that is ready to run. */
export interface PreparedLine {
  readonly command: string;
  readonly args: Values;
  readonly options: LineOptions;
}

const resolveAll = (
  typed: readonly NamedArgument[],
  context: Values,
): { readonly given: GivenOption[]; readonly faults: LineFault[] } => {
  const given: GivenOption[] = [];
  const faults: LineFault[] = [];
  for (const { name, at, value } of typed) {
    const resolved = resolveTemplate(value, context);
    if ('faults' in resolved) {
      faults.push(...resolved.faults);
    } else {
      given.push({ name, at, value: resolved.value });
    }
  }
  return { given, faults };
};

// Said beside a lookup that failed where no lookup can succeed.
const emptyContextAdvice =
  'The context is empty: values are there for the lines that follow, in xsoar-duo war-room.';

const adviceFor = (context: Values): string | undefined =>
  Object.keys(context).length === 0 ? emptyContextAdvice : undefined;

/**
 * Parse a war-room line, find its command, and look up in the context what it refers to.
 *
 * @throws {@link LineError} with a mark at each fault, or an `UnknownCommandError`.
 */
export const prepareLine = (text: string, context: Values): PreparedLine => {
  const parsed = parseLine(text);
  if ('faults' in parsed) {
    throw new LineError(text, parsed.faults);
  }
  const { line } = parsed;
  const named = namePositional(line, findCommand(line.command));
  if ('fault' in named) {
    throw new LineError(text, [named.fault]);
  }
  const args = resolveAll(named.args, context);
  const optionValues = resolveAll(line.options, context);
  const unresolved = [...args.faults, ...optionValues.faults];
  if (unresolved.length > 0) {
    throw new LineError(text, unresolved, adviceFor(context));
  }
  const { options, faults } = readOptions(optionValues.given);
  if (faults.length > 0) {
    throw new LineError(text, faults);
  }
  return {
    command: line.command,
    args: Object.fromEntries(args.given.map(({ name, value }) => [name, value])),
    options,
  };
};
