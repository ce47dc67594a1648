import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** How a terminal is opened. */
export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real terminal, with a program in it. */
export interface Terminal {
  /** What the screen shows. */
  screen(): string;
  /** Wait until the screen shows this, and give the screen. */
  until(wanted: string | RegExp): Promise<string>;
  /** Type text as a person does. */
  type(text: string): Promise<void>;
  /** Press keys by their names in tmux, such as `Enter`, `Tab` or `C-r`. */
  press(...keys: readonly string[]): void;
  /** Paste text as one piece. */
  paste(text: string): void;
}

let opened = 0;

/** Open a terminal for this test. The program's shell is a plain one. */
export const openTerminal = (command: string, options: TerminalOptions = {}): Terminal => {
  const { columns = 100, rows = 40, env = {} } = options;
  opened += 1;
  const server = `xsoar-duo-${process.pid}-${opened}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
    });
  tmux('new-session', '-d', '-s', 't', '-x', String(columns), '-y', String(rows), command);
  tmux('set-option', '-g', 'status', 'off');
  onTestFinished(() => void tmux('kill-server'));
  const screen = () => tmux('capture-pane', '-p', '-t', 't').trimEnd();
  const press: Terminal['press'] = (...keys) => void tmux('send-keys', '-t', 't', ...keys);
  return {
    screen,
    press,
    until: async (wanted) => {
      const deadlineMs = Date.now() + 20_000;
      for (;;) {
        const shown = screen();
        if (typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown)) {
          return shown;
        }
        if (Date.now() > deadlineMs) {
          throw new Error(`The screen never showed ${wanted}:\n${shown}`);
        }
        await sleep(50);
      }
    },
    type: async (text) => {
      for (const key of text) {
        tmux('send-keys', '-t', 't', '-l', key === ';' ? '\\;' : key);
        await sleep(5);
      }
    },
    paste: (text) => {
      tmux('set-buffer', text);
      tmux('paste-buffer', '-p', '-t', 't');
    },
  };
};
