import { BadArgumentError, type Fault, UnknownCommandError } from '../duo/errors/input-errors.ts';
import { closest } from './closest.ts';
import type { Command, StartPlan } from './command.ts';
import { commands } from './commands/table.ts';

/**
 * Find a command by its exact name.
 *
 * @throws {@link UnknownCommandError}
 */
export const findCommand = (name: string): Command => {
  const command = commands.get(name);
  if (command === undefined) {
    const known = [...commands.keys()];
    throw new UnknownCommandError(name, known, closest(name, known));
  }
  return command;
};

const unknownArguments = (command: Command, given: readonly string[]): Fault[] => {
  const known = Object.keys(command.arguments);
  return given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = closest(name, known);
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      return { name, rule: `is no argument of this command${hint}` };
    });
};

/** How strictly arguments are read. */
export interface DispatchOptions {
  /**
   * What to do with arguments that the command does not know. A platform that checks them itself and
   * adds some of its own wants `ignore`; by default they are refused, so that a typing error does
   * not send another request than was meant.
   */
  readonly unknownArguments?: 'refuse' | 'ignore';
}

/**
 * Find a command and read its arguments. Nothing has been asked of Duo when this returns: run what it
 * gives with a driver.
 *
 * @throws {@link UnknownCommandError} and {@link BadArgumentError}, the latter with every fault.
 */
export const dispatch = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: DispatchOptions = {},
): StartPlan => {
  const command = findCommand(name);
  const strangers =
    options.unknownArguments === 'ignore' ? [] : unknownArguments(command, Object.keys(args));
  const parsed = command.parse(args);
  const faults = [...strangers, ...('faults' in parsed ? parsed.faults : [])];
  if ('faults' in parsed || faults.length > 0) {
    throw new BadArgumentError(name, faults);
  }
  return parsed.start;
};
