import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clearLine, cursorTo, type Interface, type Key } from 'node:readline';
import { type CliContext, type Environment, homeOf, type TextOutput } from '../cli-context.ts';
import { writeOnce } from '../instance.ts';
import { hasSecret } from '../line/line-error.ts';
import { takeKeyboard } from '../terminal.ts';

/** How many lines are kept. */
export const historyLimit = 500;

/** The user's earlier lines, the latest first, as readline has them. */
export interface History {
  readonly load: () => Promise<string[]>;
  readonly save: (lines: readonly string[]) => Promise<void>;
}

/** Where the history is kept, by the XDG base directory specification; nowhere without a home. */
export const historyFile = (env: Environment): string | undefined => {
  const home = homeOf(env);
  const state = env['XDG_STATE_HOME'] ?? (home && join(home, '.local', 'state'));
  return state && join(state, 'xsoar-duo', 'history');
};

/** Drop the lines that give a secret, in place: they are neither kept nor offered again. */
export const dropSecrets = (lines: string[]): void => {
  const kept = lines.filter((line) => !hasSecret(line));
  lines.splice(0, lines.length, ...kept);
};

const inMemoryOnly: History = { load: async () => [], save: async () => undefined };

const write = async (file: string, lines: readonly string[]): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
};

/** A history in a file that only its owner can read. A failure to write it is reported once. */
export const createHistory = (file: string | undefined, stderr: TextOutput): History => {
  if (file === undefined) {
    return inMemoryOnly;
  }
  const note = writeOnce(stderr);
  return {
    load: async () => {
      const text = await readFile(file, 'utf8').catch(() => '');
      const lines = text.split('\n').filter((line) => line !== '');
      dropSecrets(lines);
      return lines.reverse().slice(0, historyLimit);
    },
    save: (lines) => {
      const kept = lines.slice(0, historyLimit).filter((line) => !hasSecret(line));
      return write(file, kept.reverse()).catch(() =>
        note(`The history cannot be kept in ${file}.`),
      );
    },
  };
};

/** What a search looks for, and what it has found. */
export interface Search {
  readonly query: string;
  /** Index of the line that was found, the latest being 0; -1 when there is none. */
  readonly found: number;
}

/** The first line at an index or after it that has the text. */
const findFrom = (lines: readonly string[], query: string, from: number): number =>
  query === '' ? -1 : lines.findIndex((line, index) => index >= from && line.includes(query));

/** What a search does with a key: go on, take the line, take and send it, or give up. */
export type SearchStep = Search | 'take' | 'send' | 'cancel';

/** One key of a search backwards through earlier lines, as in a shell. */
export const stepSearch = (
  { query, found }: Search,
  lines: readonly string[],
  text: string | undefined,
  { name, ctrl = false }: Key,
): SearchStep => {
  if (ctrl && name === 'r') {
    const older = findFrom(lines, query, found + 1);
    return { query, found: older === -1 ? found : older };
  }
  if (ctrl && (name === 'c' || name === 'g')) {
    return 'cancel';
  }
  if (name === 'return' || name === 'enter') {
    return 'send';
  }
  if (name === 'backspace') {
    const shorter = query.slice(0, -1);
    return { query: shorter, found: findFrom(lines, shorter, 0) };
  }
  if (ctrl || text === undefined || !/^[^\p{Cc}]+$/u.test(text)) {
    return 'take';
  }
  const longer = query + text;
  return { query: longer, found: findFrom(lines, longer, Math.max(0, found)) };
};

const replaceLine = (readline: Interface, line: string): void => {
  readline.write(null, { ctrl: true, name: 'e' });
  readline.write(null, { ctrl: true, name: 'u' });
  readline.write(line);
};

/** Let Ctrl-R search the earlier lines of a prompt, the latest first. */
export const searchOnCtrlR = (
  readline: Interface,
  { stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>,
  history: () => readonly string[],
): void => {
  const show = ({ query, found }: Search): void => {
    const text = `(search)\`${query}': ${history()[found] ?? ''}`;
    cursorTo(stdout, 0);
    clearLine(stdout, 0);
    // A line that wraps could not be cleared again.
    stdout.write(text.slice(0, (stdout.columns ?? 80) - 1));
  };

  const search = (): void => {
    const before = readline.line;
    let current: Search = { query: '', found: -1 };
    const giveBack = takeKeyboard(stdin, (text, key) => {
      const step = stepSearch(current, history(), text, key);
      if (typeof step === 'object') {
        current = step;
        show(current);
        return;
      }
      giveBack();
      cursorTo(stdout, 0);
      clearLine(stdout, 0);
      readline.prompt();
      replaceLine(readline, step === 'cancel' ? before : (history()[current.found] ?? before));
      if (step === 'send') {
        readline.write(null, { name: 'return' });
      }
    });
    show(current);
  };

  stdin.on('keypress', (_text: string | undefined, { ctrl, name }: Key) => {
    if (ctrl === true && name === 'r') {
      search();
    }
  });
};
