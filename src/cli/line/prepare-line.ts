import { booleanSchema } from '../../integration/coerce.ts';
import type { Command } from '../../integration/command.ts';
import { findCommand } from '../../integration/commands/table.ts';
import { type ContextOptions, parseExtensions } from '../context/context.ts';
import { lookUp, PathError } from '../context/path.ts';
import { asText, type Values } from '../context/values.ts';
import { LineError } from './line-error.ts';
import {
  type LineFault,
  type NamedArgument,
  type Part,
  parseLine,
  type Template,
  type WarRoomLine,
} from './parse-line.ts';

/** What a line asks of the server rather than of the command. */
export interface LineOptions extends ContextOptions {
  /** Show Duo's response instead of the readable answer. */
  readonly rawResponse: boolean;
  /** Names that are accepted and do nothing outside XSOAR. */
  readonly withoutEffect: readonly string[];
}

/** A line that is ready to run. */
export interface PreparedLine {
  readonly command: Command;
  readonly args: Values;
  readonly options: LineOptions;
}

/** A value with its lookups done, and where it is in the line. */
interface Resolved {
  readonly name: string;
  readonly at: number;
  readonly value: unknown;
}

type OrFaults<T> = { readonly value: T } | { readonly faults: readonly LineFault[] };

/** The argument that a value without a name goes to. */
export const positionalName = (command: Command): string | undefined =>
  Object.entries(command.arguments).find(([, { positional }]) => positional === true)?.[0];

/** Give the value without a name the name that its command has for it. */
const namePositional = (
  { args, positional }: WarRoomLine,
  command: Command,
): OrFaults<readonly NamedArgument[]> => {
  if (positional === undefined) {
    return { value: args };
  }
  const { at } = positional;
  const name = positionalName(command);
  if (name === undefined) {
    return { faults: [{ at, rule: `${command.name} takes no value without a name` }] };
  }
  return args.some((other) => other.name === name)
    ? { faults: [{ at, rule: `${name} is given already: quote a value that has spaces` }] }
    : { value: [...args, { ...positional, name }] };
};

const resolvePart = (part: Part, context: Values): OrFaults<unknown> => {
  if ('text' in part) {
    return { value: part.text };
  }
  try {
    const value = lookUp(context, part.lookup);
    return value === undefined || value === null
      ? { faults: [{ at: part.at, rule: 'the context has nothing here' }] }
      : { value };
  } catch (error) {
    if (error instanceof PathError) {
      return { faults: [{ at: part.at + error.at, rule: error.message }] };
    }
    throw error;
  }
};

/**
 * Look up what a value refers to. A lookup that is the whole value keeps its type; among other text
 * it becomes text. One that finds nothing is a fault: an empty name must not be sent in its place.
 */
const resolveTemplate = (template: Template, context: Values): OrFaults<unknown> => {
  const parts = template.map((part) => resolvePart(part, context));
  const faults = parts.flatMap((part) => ('faults' in part ? part.faults : []));
  if (faults.length > 0) {
    return { faults };
  }
  const values = parts.flatMap((part) => ('value' in part ? [part.value] : []));
  return { value: values.length === 1 ? values[0] : values.map(asText).join('') };
};

const resolveAll = (typed: readonly NamedArgument[], context: Values): OrFaults<Resolved[]> => {
  const resolved = typed.map(({ name, at, value }) => ({
    name,
    at,
    ...resolveTemplate(value, context),
  }));
  const faults = resolved.flatMap((one) => ('faults' in one ? one.faults : []));
  return faults.length > 0
    ? { faults }
    : { value: resolved.flatMap((one) => ('value' in one ? [one] : [])) };
};

/** The option that a value sets, or the rule that the value breaks. */
type ReadOption = Partial<LineOptions> | string;

const readExtensions = (value: unknown): ReadOption => {
  try {
    return { extensions: parseExtensions(String(value)) };
  } catch (error) {
    if (error instanceof PathError) {
      return error.message;
    }
    throw error;
  }
};

const readFlag =
  (name: 'rawResponse' | 'ignoreOutputs') =>
  (value: unknown): ReadOption => {
    const parsed = booleanSchema.safeParse(value);
    return parsed.success ? { [name]: parsed.data } : 'must be true or false';
  };

// Arguments that XSOAR itself takes with every command.
const optionReaders = new Map([
  ['raw-response', readFlag('rawResponse')],
  ['extend-context', readExtensions],
  ['ignore-outputs', readFlag('ignoreOutputs')],
  ['ignore-output', readFlag('ignoreOutputs')],
]);

// There is no server, no other instance and no incident for these to act on.
const optionsWithoutEffect = [
  'using',
  'using-brand',
  'retry-count',
  'retry-interval',
  'execution-timeout',
  'auto-extract',
  'debug-mode',
];

/** The names that never reach a command. */
export const optionNames: readonly string[] = [...optionReaders.keys(), ...optionsWithoutEffect];

const isOption = ({ name }: Resolved): boolean => optionNames.includes(name);

const readOptions = (given: readonly Resolved[]): OrFaults<LineOptions> => {
  let options: LineOptions = {
    rawResponse: false,
    ignoreOutputs: false,
    extensions: [],
    withoutEffect: given.map(({ name }) => name).filter((name) => !optionReaders.has(name)),
  };
  const faults: LineFault[] = [];
  for (const { name, at, value } of given) {
    const read = optionReaders.get(name)?.(value) ?? {};
    if (typeof read === 'string') {
      faults.push({ at, rule: `${name} ${read}` });
    } else {
      options = { ...options, ...read };
    }
  }
  return faults.length > 0 ? { faults } : { value: options };
};

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
  const orThrow = <T>(result: OrFaults<T>, advice?: string): T => {
    if ('faults' in result) {
      throw new LineError(text, result.faults, advice);
    }
    return result.value;
  };
  const parsed = parseLine(text);
  const line = orThrow('faults' in parsed ? parsed : { value: parsed.line });
  const command = findCommand(line.command);
  const named = orThrow(namePositional(line, command));
  const resolved = orThrow(resolveAll(named, context), adviceFor(context));
  const options = orThrow(readOptions(resolved.filter(isOption)));
  const args = resolved.filter((one) => !isOption(one)).map(({ name, value }) => [name, value]);
  return { command, args: Object.fromEntries(args), options };
};
