import type { Command } from '../../integration/command.ts';
import type { LineFault } from '../line/line-fault.ts';
import type { NamedArgument, WarRoomLine } from '../line/parse-line.ts';

const positionalName = (command: Command): string | undefined =>
  Object.entries(command.arguments).find(([, { positional }]) => positional === true)?.[0];

/** Give the value without a name the name that its command has for it. */
export const namePositional = (
  { args, positional }: WarRoomLine,
  command: Command,
): { readonly args: readonly NamedArgument[] } | { readonly fault: LineFault } => {
  if (positional === undefined) {
    return { args };
  }
  const { at } = positional;
  const name = positionalName(command);
  if (name === undefined) {
    return { fault: { at, rule: `${command.name} takes no value without a name` } };
  }
  return args.some((other) => other.name === name)
    ? { fault: { at, rule: `this would be ${name} once more: quote a value that has spaces` } }
    : { args: [...args, { ...positional, name }] };
};
