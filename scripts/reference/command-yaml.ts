import type { Argument } from '../../src/integration/argument.ts';
import type { Command } from '../../src/integration/command.ts';
import type { Output } from '../../src/integration/entry.ts';

/** An argument, as integration.yml holds it. */
export interface ArgumentYaml {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  /** May be given without its name. */
  readonly default?: true;
  readonly auto?: 'PREDEFINED';
  readonly predefined?: readonly string[];
  readonly defaultValue?: string;
  readonly secret?: true;
  /** Taken, but not shown. */
  readonly hidden?: true;
}

/** A command, as integration.yml holds it. */
export interface CommandYaml {
  readonly name: string;
  readonly description: string;
  /** XSOAR asks before it runs by hand. */
  readonly execution?: true;
  readonly polling?: true;
  readonly arguments: readonly ArgumentYaml[];
  readonly outputs: readonly Output[];
}

const argumentYaml = (name: string, argument: Argument<unknown>): ArgumentYaml => ({
  name,
  description: argument.description,
  ...(argument.required && { required: true }),
  ...(argument.positional === true && { default: true }),
  ...(argument.predefined && { auto: 'PREDEFINED', predefined: argument.predefined }),
  ...(argument.defaultValue !== undefined && { defaultValue: argument.defaultValue }),
  ...(argument.secret === true && { secret: true }),
  ...(argument.aliasOf !== undefined && { hidden: true }),
});

/** A command of the table in XSOAR's terms. */
export const commandYaml = (command: Command): CommandYaml => ({
  name: command.name,
  description: command.description,
  ...(command.potentiallyHarmful === true && { execution: true }),
  ...(command.polling && { polling: true }),
  arguments: Object.entries(command.arguments).map(([name, argument]) =>
    argumentYaml(name, argument),
  ),
  outputs: command.outputs.map(({ contextPath, type, description }) => ({
    contextPath,
    description,
    type,
  })),
});
