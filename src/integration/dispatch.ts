import { closest, unknownNames } from '../duo/closest.ts';
import { BadArgumentError, UnknownCommandError } from '../duo/errors/input-errors.ts';
import type { Command, GivenArguments, StartPlan } from './command.ts';
import { type CommandTable, commands } from './commands/table.ts';

/**
 * Find a command by its exact name.
 *
 * @throws {@link UnknownCommandError}
 */
export const findCommand = (name: string, table: CommandTable = commands): Command => {
  const command = table.get(name);
  if (command === undefined) {
    const known = [...table.keys()];
    throw new UnknownCommandError(name, known, closest(name, known));
  }
  return command;
};

/** How strictly arguments are read. */
export interface DispatchOptions {
  /**
   * What to do with arguments that the command does not have. A server that checks them itself and
   * adds some of its own needs `ignore`; by default they are refused, so that a typing error does
   * not send another request than was meant.
   */
  readonly unknownArguments?: 'refuse' | 'ignore';
}

/**
 * Read the arguments of a command. Nothing is sent to Duo: run the plan with a driver.
 *
 * @throws {@link BadArgumentError} with every fault.
 */
export const startCommand = (
  command: Command,
  args: GivenArguments,
  options: DispatchOptions = {},
): StartPlan => {
  const unknown =
    options.unknownArguments === 'ignore'
      ? []
      : unknownNames(
          Object.keys(args),
          Object.keys(command.arguments),
          `is not an argument of ${command.name}`,
        );
  const parsed = command.parse(args);
  const faults = [...unknown, ...('faults' in parsed ? parsed.faults : [])];
  if ('faults' in parsed || faults.length > 0) {
    throw new BadArgumentError(command.name, faults);
  }
  return parsed.start;
};

/**
 * Find a command and read its arguments.
 *
 * @throws {@link UnknownCommandError} and {@link BadArgumentError}, the latter with every fault.
 */
export const dispatch = (
  name: string,
  args: GivenArguments,
  options: DispatchOptions = {},
): StartPlan => startCommand(findCommand(name), args, options);
