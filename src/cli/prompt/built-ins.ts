import { commands } from '../../integration/commands/table.ts';
import { findCommand } from '../../integration/dispatch.ts';
import { lookUp } from '../context/look-up.ts';
import { PathError } from '../context/path-error.ts';
import type { Values } from '../context/values.ts';
import { commandHelp, commandList, quotingHelp } from '../help/command-help.ts';
import { createLayout, type Item } from '../help/layout.ts';
import { prettyJson } from '../output/safe-text.ts';
import { UsageError } from '../usage-error.ts';

/** The words that the prompt itself understands. */
export const builtIns = ['help', 'context', 'exit'] as const;

const items: readonly Item[] = [
  ['help [command]', 'This, or all about a command.'],
  ['context [path]', 'What the commands have written so far, or a part of it.'],
  ['exit', 'Leave; so does Ctrl-D.'],
];

const help = (name: string, columns: number | undefined): string => {
  const layout = createLayout(columns);
  return name === ''
    ? [
        commandList(commands.values(), layout),
        quotingHelp(layout),
        layout.list('Besides:', items),
      ].join('\n\n')
    : commandHelp(findCommand(name.replace(/^!/, '')), layout);
};

const show = (path: string, context: Values): string => {
  try {
    const value = path === '' ? context : lookUp(context, path.replace(/^\$\{(.*)\}$/, '$1'));
    return prettyJson(value) ?? 'The context has nothing there.';
  } catch (error) {
    throw error instanceof PathError
      ? new UsageError(`The path ${path} cannot be read: ${error.message}.`)
      : error;
  }
};

/** What came of a line that may have been for the prompt itself. */
export type BuiltInResult = { readonly text: string } | 'exit' | undefined;

/** Answer a line that is for the prompt itself; `undefined` for any other. */
export const answerBuiltIn = (
  line: string,
  context: Values,
  columns: number | undefined,
): BuiltInResult => {
  const [word = '', rest = ''] = line.trim().split(/\s+(.*)/s);
  switch (word) {
    case 'help':
    case '?':
      return { text: help(rest.trim(), columns) };
    case 'context':
      return { text: show(rest.trim(), context) };
    case 'exit':
    case 'quit':
      return 'exit';
    default:
      return undefined;
  }
};
