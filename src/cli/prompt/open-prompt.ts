import { createInterface, type Interface } from 'node:readline';
import { commands } from '../../integration/commands/table.ts';
import type { CliContext } from '../cli-context.ts';
import { warnOnce } from '../say-once.ts';
import { builtIns } from './built-ins.ts';
import { completeLine } from './complete-line.ts';
import { createHistory, dropSecrets, historyFile, historyLimit } from './history.ts';

/** Is there a person at a terminal to prompt? */
export const isInteractive = ({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

/** Where lines come from. */
export interface Prompt {
  readonly prompt: Interface;
  /** The lines as they come. They are collected from the start, so that none is missed. */
  readonly lines: AsyncIterable<string>;
  /** Keep the lines so far for the next time. */
  readonly remember: () => Promise<void>;
}

const linesOf = (prompt: Interface): AsyncIterable<string> => prompt[Symbol.asyncIterator]();

/** Read lines: with a prompt, completion and history from a terminal, as they are from elsewhere. */
export const openPrompt = async (
  context: Pick<CliContext, 'stdin' | 'stdout' | 'stderr' | 'env'>,
): Promise<Prompt> => {
  const { stdin, stdout, stderr, env } = context;
  if (!isInteractive(context)) {
    const prompt = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
    return { prompt, lines: linesOf(prompt), remember: async () => undefined };
  }
  const history = createHistory(historyFile(env));
  const say = warnOnce(stderr);
  let lines = await history.load();
  const prompt = createInterface({
    input: stdin,
    output: stdout,
    prompt: 'duo> ',
    completer: (line: string) => completeLine(line, commands, builtIns),
    history: lines,
    historySize: historyLimit,
    removeHistoryDuplicates: true,
  });
  prompt.on('history', (latest: string[]) => {
    dropSecrets(latest);
    lines = latest;
  });
  return {
    prompt,
    lines: linesOf(prompt),
    remember: () => history.save(lines).catch(() => say('The history cannot be kept.')),
  };
};
