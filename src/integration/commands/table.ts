import type { Command, TypedCommand } from '../command.ts';
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
