import type { Command } from '../../integration/command.ts';
import { describeArgument } from './describe-argument.ts';
import type { Item, Layout } from './layout.ts';

/** What XSOAR itself takes with every command, as far as it works here. */
export const platformItems: readonly Item[] = [
  ['raw-response=true', "Show Duo's reply instead of the readable answer."],
  ['extend-context=key=path::…', "Take more of Duo's reply into the context."],
  ['ignore-outputs=true', 'Leave the outputs below out of the context.'],
];

const optional = (heading: string, items: readonly Item[], layout: Layout): string[] =>
  items.length === 0 ? [] : [layout.list(heading, items)];

/** Everything the table says of a command: what it does, its arguments and its outputs. */
export const commandHelp = (command: Command, layout: Layout): string => {
  const args = Object.entries(command.arguments).map(
    ([name, argument]): Item => [name, describeArgument(argument)],
  );
  const outputs = command.outputs.map(
    ({ contextPath, type, description }): Item => [contextPath, `${type}. ${description}`],
  );
  return [
    `!${command.name}${args.length === 0 ? '' : ' [argument=value …]'}`,
    layout.paragraph(command.description),
    ...optional('Arguments:', args, layout),
    layout.list('With every command:', platformItems),
    ...optional('Outputs:', outputs, layout),
  ].join('\n\n');
};

/** The commands, a line each. */
export const commandList = (commands: Iterable<Command>, layout: Layout): string =>
  layout.list(
    'War-room commands:',
    [...commands].map((command): Item => [`!${command.name}`, command.description]),
  );

const quoting: readonly Item[] = [
  ['"two words"', 'Quotes, single or double, hold a value together; \\ escapes inside them.'],
  ['`{"a": "b"}`', 'Backticks leave everything inside as it is, such as JSON.'],
  ['${Duo.PreAuth.Response.Result}', 'Looks a value up that an earlier line has written.'],
];

/** How values are written in a war-room line. */
export const quotingHelp = (layout: Layout): string => layout.list('Values:', quoting);
