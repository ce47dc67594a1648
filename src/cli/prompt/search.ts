import { clearLine, cursorTo, type Interface, type Key } from 'node:readline';
import type { CliContext } from '../cli-context.ts';
import { takeKeyboard } from '../terminal/keyboard.ts';

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
export type Step = Search | 'take' | 'send' | 'cancel';

/** One key of a search backwards through earlier lines, as in a shell. */
export const stepSearch = (
  { query, found }: Search,
  lines: readonly string[],
  text: string | undefined,
  { name, ctrl = false }: Key,
): Step => {
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
