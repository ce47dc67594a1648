import { createInterface, type Interface } from 'node:readline';
import { commands } from '../../integration/commands/table.ts';
import { aborted, type CliContext } from '../cli-context.ts';
import type { Values } from '../context/values.ts';
import { type HeldKeys, holdKeys } from '../terminal.ts';
import { builtInNames } from './built-ins.ts';
import { completeLine } from './complete-line.ts';
import { createHistory, dropSecrets, historyFile, historyLimit, searchOnCtrlR } from './history.ts';

/** Is there a person at a terminal to prompt? */
export const isInteractive = ({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

/** Where lines come from. */
export interface Prompt {
  /** The lines as they come. They are collected from the start, so that none is missed. */
  readonly lines: AsyncIterable<string>;
  /** Ask for the next line. What was typed since the last one is taken up. */
  readonly ask: () => void;
  /** Run something with a signal that fires on Ctrl-C, and when the program is to end. */
  readonly interruptible: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  readonly close: () => void;
}

const linesOf = (readline: Interface): AsyncIterable<string> => readline[Symbol.asyncIterator]();

/** Lines from a pipe or a file. */
const openPipe = ({ stdin, signal }: CliContext): Prompt => {
  const readline = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
  return {
    lines: linesOf(readline),
    ask: () => undefined,
    interruptible: (work) => work(signal),
    close: () => readline.close(),
  };
};

const leaveHint = '\nTo leave, type exit or press Ctrl-D.\n';

/** Drop the line that is being typed. */
const dropLine = (readline: Interface, { stdout }: Pick<CliContext, 'stdout'>): void => {
  stdout.write(readline.line === '' ? leaveHint : '^C\n');
  readline.write(null, { ctrl: true, name: 'e' });
  readline.write(null, { ctrl: true, name: 'u' });
  readline.prompt();
};

const openTerminal = async (context: CliContext, values: () => Values): Promise<Prompt> => {
  const { stdin, stdout, stderr, env, signal } = context;
  const history = createHistory(historyFile(env), stderr);
  let latest = await history.load();
  const readline = createInterface({
    input: stdin,
    output: stdout,
    prompt: 'duo> ',
    completer: (line: string) => completeLine(line, commands, builtInNames, values()),
    history: latest,
    historySize: historyLimit,
    removeHistoryDuplicates: true,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let held: HeldKeys | undefined;
  let running: AbortController | undefined;
  let isClosed = false;
  readline.on('history', (lines: string[]) => {
    dropSecrets(lines);
    latest = lines;
  });
  readline.on('close', () => {
    isClosed = true;
  });
  searchOnCtrlR(readline, context, () => latest);
  readline.on('SIGINT', () => dropLine(readline, context));
  // From here to the next prompt, what is typed or pasted waits for its turn.
  readline.on('line', () => {
    held = holdKeys(stdin, () => running?.abort());
  });
  const close = (): void => {
    held?.drop();
    readline.close();
  };
  void aborted(signal).then(() => {
    running?.abort();
    close();
  });

  async function* rememberedLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const line of lines) {
      await history.save(latest);
      yield line;
    }
  }

  return {
    lines: rememberedLines(linesOf(readline)),
    ask: () => {
      if (isClosed) {
        // Newer versions of Node throw for a prompt on a closed interface.
        return;
      }
      readline.prompt();
      const typed = held;
      held = undefined;
      typed?.release();
    },
    interruptible: async (work) => {
      running = new AbortController();
      try {
        await work(running.signal);
      } finally {
        running = undefined;
      }
    },
    close,
  };
};

/**
 * Read lines: with a prompt, completion and history from a terminal, as they are from elsewhere.
 *
 * @param values gives the context, for completion.
 */
export const openPrompt = async (context: CliContext, values: () => Values): Promise<Prompt> =>
  isInteractive(context) ? openTerminal(context, values) : openPipe(context);
