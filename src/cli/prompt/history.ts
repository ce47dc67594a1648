import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from '../environment.ts';
import { hasSecret } from '../line/line-error.ts';

/** How many lines are kept. */
export const historyLimit = 500;

/** The user's earlier lines, the latest first, as readline has them. */
export interface History {
  readonly load: () => Promise<string[]>;
  readonly save: (lines: readonly string[]) => Promise<void>;
}

/** Where the history is kept, by the XDG base directory specification; nowhere without a home. */
export const historyFile = (env: Environment): string | undefined => {
  const home = env['HOME'] ?? env['USERPROFILE'];
  const state = env['XDG_STATE_HOME'] ?? (home && join(home, '.local', 'state'));
  return state && join(state, 'xsoar-duo', 'history');
};

/** Drop the lines that give a secret, in place: they are neither kept nor offered again. */
export const dropSecrets = (lines: string[]): void => {
  const kept = lines.filter((line) => !hasSecret(line));
  lines.splice(0, lines.length, ...kept);
};

const inMemoryOnly: History = { load: async () => [], save: async () => undefined };

/** A history in a file that only its owner can read. */
export const createHistory = (file: string | undefined): History =>
  file === undefined
    ? inMemoryOnly
    : {
        load: async () => {
          const text = await readFile(file, 'utf8').catch(() => '');
          const lines = text.split('\n').filter((line) => line !== '');
          dropSecrets(lines);
          return lines.reverse().slice(0, historyLimit);
        },
        save: async (lines) => {
          const kept = lines.slice(0, historyLimit).filter((line) => !hasSecret(line));
          await mkdir(dirname(file), { recursive: true, mode: 0o700 });
          await writeFile(file, `${kept.reverse().join('\n')}\n`, { mode: 0o600 });
        },
      };
