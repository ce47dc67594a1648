import type { Readable, Writable } from 'node:stream';

/** The environment as it was when the program started. A variable that is empty counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Take a copy of the process's environment. */
export const readEnvironment = (): Environment =>
  Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/** The user's home folder, on Windows too. */
export const homeOf = (env: Environment): string | undefined => env['HOME'] ?? env['USERPROFILE'];

/** Where text goes: a terminal, a pipe or a file. */
export interface TextOutput extends Writable {
  readonly isTTY?: boolean;
  /** The terminal's width in characters. */
  readonly columns?: number;
}

/** Where text comes from. */
export interface TextInput extends Readable {
  readonly isTTY?: boolean;
  /** The terminal hands over each key as it comes. */
  readonly isRaw?: boolean;
  setRawMode?(isRaw: boolean): unknown;
}

/** All that a command of this program has of the outside world. */
export interface CliContext {
  readonly stdin: TextInput;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly env: Environment;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Resolves when the signal fires, at once if it has. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
