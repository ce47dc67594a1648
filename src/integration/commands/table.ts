import { closest, unknownNames } from '../../duo/closest.ts';
import { BadArgumentError, UnknownCommandError } from '../../duo/errors/input-errors.ts';
import type { Command, GivenArguments, StartPlan, TypedCommand } from '../command.ts';
import { duoAuthenticate } from './duo-authenticate.ts';
import { duoAuthenticateStatus } from './duo-authenticate-status.ts';
import { duoCheck } from './duo-check.ts';
import { duoEnroll } from './duo-enroll.ts';
import { duoEnrollStatus } from './duo-enroll-status.ts';
import { duoLogo } from './duo-logo.ts';
import { duoPing } from './duo-ping.ts';
import { duoPreauth } from './duo-preauth.ts';

const all = [
  duoAuthenticate,
  duoAuthenticateStatus,
  duoCheck,
  duoPreauth,
  duoPing,
  duoEnroll,
  duoEnrollStatus,
  duoLogo,
] as const;

/** Commands by name. */
export type CommandTable = ReadonlyMap<string, Command>;

const tableOf = (list: readonly Command[]): CommandTable =>
  new Map(list.map((command) => [command.name, command]));

/** Every command by name, in the order that help shows them. */
export const commands: CommandTable = tableOf(all);

/** The commands that XSOAR's engine can run: its HTTP client gives text, so none that returns a file. */
export const xsoarCommands: CommandTable = tableOf(
  all.filter(({ returnsFile }: Command) => returnsFile !== true),
);

type Typed = (typeof all)[number];

/** The name of a command. */
export type CommandName = Typed['name'];

/** What each command takes, for typed callers. */
export type CommandInputs = {
  readonly [C in Typed as C['name']]: C extends TypedCommand<string, infer Input> ? Input : never;
};

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
