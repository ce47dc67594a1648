import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TextOutput } from '../cli-context.ts';
import type { Environment } from '../environment.ts';
import { writeOnce } from '../instance.ts';
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

const write = async (file: string, lines: readonly string[]): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
};

/** A history in a file that only its owner can read. That it cannot be written is said once. */
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
