import { createInterface, type Interface } from 'node:readline';
import { commands } from '../../integration/commands/table.ts';
import type { CliContext } from '../cli-context.ts';
import { builtIns } from './built-ins.ts';
import { completeLine } from './complete-line.ts';
import { dropSecrets, historyLimit } from './history.ts';

/** Is there a person at a terminal to prompt? */
export const isInteractive = ({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

/** Read lines: with a prompt, completion and history from a terminal, as they are from elsewhere. */
export const openPrompt = (
  context: Pick<CliContext, 'stdin' | 'stdout'>,
  history: string[],
): Interface => {
  const { stdin, stdout } = context;
  if (!isInteractive(context)) {
    return createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  }
  const prompt = createInterface({
    input: stdin,
    output: stdout,
    prompt: 'duo> ',
    completer: (line: string) => completeLine(line, commands, builtIns),
    history,
    historySize: historyLimit,
    removeHistoryDuplicates: true,
  });
  prompt.on('history', dropSecrets);
  return prompt;
};
