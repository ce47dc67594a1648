import { commands } from '../integration/commands/table.ts';
import { findCommand } from '../integration/dispatch.ts';
import type { CliContext } from './cli-context.ts';
import { commandHelp, commandList, quotingHelp } from './help/command-help.ts';
import { createLayout } from './help/layout.ts';

/** The war-room commands, a line each. */
export const listCommands = ({ stdout }: Pick<CliContext, 'stdout'>): string =>
  commandList(commands.values(), createLayout(stdout.columns));

const passcodeHelp = `A passcode on the line can be seen by others. Better: passcode=- asks for it\nwithout showing it, or reads it from the input.`;

/** The war-room commands and how their values are written, for the help of what runs them. */
export const lineHelp = ({ stdout }: Pick<CliContext, 'stdout'>): string =>
  [listCommands({ stdout }), quotingHelp(createLayout(stdout.columns)), passcodeHelp].join('\n\n');

/**
 * Print all about a war-room command.
 *
 * @throws `UnknownCommandError`
 */
export const printCommandHelp = (name: string, { stdout }: Pick<CliContext, 'stdout'>): void => {
  const command = findCommand(name.replace(/^!/, ''));
  stdout.write(`${commandHelp(command, createLayout(stdout.columns))}\n`);
};
