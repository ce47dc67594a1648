import { closest } from '../../duo/closest.ts';
import { commands } from '../../integration/commands/table.ts';
import { lookUp, PathError } from '../context/path.ts';
import type { Values } from '../context/values.ts';
import { UsageError } from '../errors.ts';
import { commandHelp, commandList, type Item, itemList, quotingHelp } from '../help.ts';
import { prettyJson } from '../output/printable.ts';

const builtIns: readonly Item[] = [
  ['help [command]', 'This, or all about a command.'],
  ['context [path]', 'What the commands have written so far, or a part of it.'],
  ['clear', 'Clear the screen; the context stays.'],
  ['exit', 'Leave; so does Ctrl-D.'],
];

/** The words that the prompt itself understands. */
export const builtInNames: readonly string[] = ['help', 'context', 'clear', 'exit'];

// The program's own commands, which somebody may look for at the prompt.
const programCommands: readonly string[] = [
  'exec',
  'war-room',
  'run',
  'test',
  'config',
  'simulator',
  'login',
  'demo',
  'completion',
];

const overview = (columns: number | undefined): string =>
  [commandList(columns), quotingHelp(columns), itemList('Besides:', builtIns, columns)].join(
    '\n\n',
  );

const help = (topic: string, columns: number | undefined): string => {
  const item = builtIns.find(([term]) => term.split(' ')[0] === topic);
  if (topic === '') {
    return overview(columns);
  }
  if (item !== undefined) {
    return itemList('', [item], columns).trimStart();
  }
  return programCommands.includes(topic)
    ? `${topic} is a command of the program: see xsoar-duo help ${topic} in a shell. Here, type a line as it is: !duo-check.`
    : commandHelp(topic, columns);
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

/** A word that is no command, with what was probably meant if that is a word of the prompt. */
const suggest = (word: string): void => {
  if (word.startsWith('!') || commands.has(word)) {
    return;
  }
  const known = [...builtInNames, ...commands.keys()];
  const suggestion = closest(word, known);
  if (suggestion !== undefined && builtInNames.includes(suggestion)) {
    throw new UsageError(`There is no command ${word}.`, `Did you mean ${suggestion}?`);
  }
};

/** What came of a line that may have been for the prompt itself. */
export type BuiltInResult = { readonly text: string } | 'clear' | 'exit' | undefined;

/**
 * Answer a line that is for the prompt itself; `undefined` for any other.
 *
 * @throws {@link UsageError} for a word that is nearly one of the prompt's.
 */
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
    case 'clear':
      return 'clear';
    case 'exit':
    case 'quit':
      return 'exit';
  }
  suggest(word);
  return undefined;
};
