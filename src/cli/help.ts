import type { Argument } from '../integration/argument.ts';
import type { Command } from '../integration/command.ts';
import { commands, findCommand } from '../integration/commands/table.ts';
import { displayWidth, padTo, wrapTo } from './output/printable.ts';
import { parameterVariables } from './parameters.ts';

/** A term and what it means. */
export type Item = readonly [term: string, description: string];

/** How wide help is written: as the terminal is, within what reads well; 80 where there is none. */
export const helpColumns = (columns: number | undefined): number => Math.min(columns ?? 80, 100);

const narrowest = 20;

/** A heading and its items, with the descriptions wrapped beside the terms. */
export const itemList = (
  heading: string,
  items: readonly Item[],
  columns: number | undefined,
): string => {
  const width = Math.max(0, ...items.map(([term]) => displayWidth(term)));
  const indent = width + 4;
  // Context paths are long: their descriptions go into what is left.
  const room = Math.max(narrowest, helpColumns(columns) - indent);
  const lines = items.map(([term, description]) => {
    const beside = wrapTo(description, room).replaceAll('\n', `\n${' '.repeat(indent)}`);
    return `  ${padTo(term, width)}  ${beside}`;
  });
  return [heading, ...lines].join('\n');
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** An argument in words: what it is, its values, its default, and how it is special. */
const describeArgument = (argument: Argument<unknown>): string => {
  const { description, required, positional, secret, predefined, defaultValue } = argument;
  const values = predefined === undefined ? '' : `one of ${predefined.join(', ')}`;
  const byDefault = defaultValue === undefined ? '' : `default ${defaultValue}`;
  const choice = [values, byDefault].filter((text) => text !== '').join('; ');
  return [
    description,
    choice === '' ? '' : sentence(choice),
    required ? 'Required.' : '',
    positional === true ? 'Its name may be left out.' : '',
    secret === true ? 'A secret: never kept in the history.' : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
};

// What XSOAR itself takes with every command, as far as it works here.
const lineOptions: readonly Item[] = [
  ['raw-response=true', "Show Duo's response instead of the readable answer."],
  ['extend-context=key=path::…', "Take more of Duo's response into the context."],
  ['ignore-outputs=true', 'Leave the outputs below out of the context.'],
];

/** Everything the table says of a command: what it does, its arguments and its outputs. */
const describeCommand = (command: Command, columns: number | undefined): string => {
  const args = Object.entries(command.arguments)
    .filter(([, { aliasOf }]) => aliasOf === undefined)
    .map(([name, argument]): Item => [name, describeArgument(argument)]);
  const outputs = command.outputs.map(
    ({ contextPath, type, description }): Item => [contextPath, `${type}. ${description}`],
  );
  const sections = [
    ['Arguments:', args],
    ['With every command:', lineOptions],
    ['Outputs:', outputs],
  ] as const;
  return [
    `!${command.name}${args.length === 0 ? '' : ' [argument=value …]'}`,
    wrapTo(command.description, helpColumns(columns)),
    ...sections
      .filter(([, items]) => items.length > 0)
      .map(([heading, items]) => itemList(heading, items, columns)),
  ].join('\n\n');
};

/**
 * All about a war-room command, found by its name, with its exclamation mark or without.
 *
 * @throws `UnknownCommandError`
 */
export const commandHelp = (name: string, columns: number | undefined): string =>
  describeCommand(findCommand(name.replace(/^!/, '')), columns);

/** The war-room commands, a line each. */
export const commandList = (columns: number | undefined): string =>
  itemList(
    'War-room commands:',
    [...commands.values()].map(({ name, description }): Item => [`!${name}`, description]),
    columns,
  );

/** How values are written in a war-room line. */
export const quotingHelp = (columns: number | undefined): string =>
  itemList(
    'Values:',
    [
      ['"two words"', 'Quotes, single or double, hold a value together; \\ escapes inside them.'],
      ['`{"a": "b"}`', 'Backticks leave everything inside as it is, such as JSON.'],
      ['${Duo.PreAuth.Response.Result}', 'Looks a value up that an earlier line has written.'],
    ],
    columns,
  );

const passcodeHelp =
  'Others can see a passcode that is on the command line. Better: passcode=- asks for it without showing it, or reads it from the input.';

/** The war-room commands and how their values are written, for the help of what runs them. */
export const lineHelp = (columns: number | undefined): string =>
  [commandList(columns), quotingHelp(columns), wrapTo(passcodeHelp, helpColumns(columns))].join(
    '\n\n',
  );

/** Where the parameters of an instance come from. */
export const parametersHelp = `
The parameters of the instance come from --params FILE.json, named as in XSOAR:
  {"hostname": "api-XXXXXXXX.duosecurity.com", "ikey": "DI...", "skey": "..."}
from --profile NAME of ~/.config/xsoar-duo/config.yml, from --env-file FILE, or, without any
of these, from the environment:
  ${parameterVariables.slice(0, 4).join(' ')}
  ${parameterVariables.slice(4, 8).join(' ')} and so on.
They are never mixed. xsoar-duo config shows which are used.`;

/** How the program ends. */
export const exitCodesHelp = `
Exit codes: 0 done (a deny too), 1 Duo or the network failed, 2 bad usage, arguments
or parameters, 3 not allowed (with --require-allow), 128 and the signal's number when
a signal ended it (130 for Ctrl-C).`;

/** What `run` reads and writes. */
export const runHelp = `
A line in:   {"id":1,"command":"duo-preauth","args":{"username":"alice"}}
A line out:  {"id":1,"entries":[...]} or {"id":1,"error":{"name","code","message","advice",...}}
A line may bring "params" of its own, in place of those below.
The exit code is 0 when every line was answered, be it with an error.`;

/** What there is to know of the gateway. */
export const loginHelp = `
The settings are one YAML file; docs/login/settings.md describes it. SIGTERM stops the gateway
gracefully. Sessions in memory are reached over control_socket, those in Redis directly.`;
