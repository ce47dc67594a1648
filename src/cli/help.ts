import { commands } from '../integration/commands/table.ts';
import { findCommand } from '../integration/dispatch.ts';
import type { CliContext } from './cli-context.ts';
import { commandHelp, commandList } from './help/command-help.ts';
import { createLayout } from './help/layout.ts';

/** The war-room commands, for the help of what runs them. */
export const listCommands = ({ stdout }: Pick<CliContext, 'stdout'>): string =>
  commandList(commands.values(), createLayout(stdout.columns));

/**
 * Print all about a war-room command.
 *
 * @throws `UnknownCommandError`
 */
export const printCommandHelp = (name: string, { stdout }: Pick<CliContext, 'stdout'>): void => {
  const command = findCommand(name.replace(/^!/, ''));
  stdout.write(`${commandHelp(command, createLayout(stdout.columns))}\n`);
};
