import { emitKeypressEvents, type Key } from 'node:readline';
import type { Progress } from '../duo/plan.ts';
import type { CallOptions } from '../hosts/node/drive.ts';
import type { CliContext, TextInput, TextOutput } from './cli-context.ts';
import { UsageError } from './errors.ts';

/** Receives a key that was pressed: its text, if it has one, and what it is. */
export type KeyHandler = (text: string | undefined, key: Key) => void;

/**
 * Receive all keys in place of those who listen now, such as a prompt: what is typed meanwhile reaches
 * neither its line nor its history.
 *
 * @returns a function that gives the keyboard back.
 */
export const takeKeyboard = (stdin: TextInput, handle: KeyHandler): (() => void) => {
  emitKeypressEvents(stdin);
  const others = stdin.listeners('keypress') as KeyHandler[];
  const wasRaw = stdin.isRaw === true;
  stdin.removeAllListeners('keypress');
  stdin.setRawMode?.(true);
  stdin.on('keypress', handle);
  stdin.resume();
  return () => {
    stdin.removeListener('keypress', handle);
    stdin.setRawMode?.(wasRaw);
    for (const other of others) {
      stdin.on('keypress', other);
    }
    if (others.length === 0) {
      // A terminal that is being read keeps the program alive.
      stdin.pause();
    }
  };
};

const isInterrupt = ({ name, ctrl }: Key): boolean => ctrl === true && name === 'c';

/** Keys that are held back while something runs. */
export interface HeldKeys {
  /** Give the keyboard back, and hand over what was typed meanwhile. */
  readonly release: () => void;
  /** Give the keyboard back, and forget what was typed. */
  readonly drop: () => void;
}

/**
 * Hold keys back: they show nowhere until they are released. Ctrl-C arrives at once, and drops what
 * was held before it.
 */
export const holdKeys = (stdin: TextInput, onInterrupt: () => void): HeldKeys => {
  let held: Parameters<KeyHandler>[] = [];
  const giveBack = takeKeyboard(stdin, (text, key) => {
    if (isInterrupt(key)) {
      held = [];
      onInterrupt();
    } else {
      held.push([text, key]);
    }
  });
  return {
    drop: giveBack,
    release: () => {
      giveBack();
      for (const [text, key] of held) {
        stdin.emit('keypress', text, key);
      }
    },
  };
};

/** The answer after one more key; `undefined` when the key cancels the question. */
const applyKey = (typed: string, text: string | undefined, key: Key): string | undefined => {
  if (isInterrupt(key) || (key.ctrl === true && key.name === 'd')) {
    return undefined;
  }
  if (key.name === 'backspace') {
    return typed.slice(0, -1);
  }
  const isPrintable = text !== undefined && /^[\x20-\x7e]+$/.test(text);
  return isPrintable ? typed + text : typed;
};

const isEnter = ({ name }: Key): boolean => name === 'return' || name === 'enter';

/**
 * Ask a question on a terminal and read the answer without showing it.
 *
 * @throws {@link UsageError} on Ctrl-C and Ctrl-D.
 */
export const readHidden = (
  stdin: TextInput,
  output: TextOutput,
  question: string,
): Promise<string> =>
  new Promise((resolve, reject) => {
    let typed = '';
    const giveBack = takeKeyboard(stdin, (text, key) => {
      const after = applyKey(typed, text, key);
      if (after !== undefined && !isEnter(key)) {
        typed = after;
        return;
      }
      giveBack();
      output.write('\n');
      if (after === undefined) {
        reject(new UsageError('Nothing was entered.'));
      } else {
        resolve(typed);
      }
    });
    output.write(question);
  });

type OnProgress = NonNullable<CallOptions['onProgress']>;

// Most responses arrive before a person could read a line about them.
const quietMs = 400;

/** The latest that Duo said about a transaction. */
const progressText = ({ status, statusMessage }: Progress): string =>
  statusMessage === '' ? `${status}…` : statusMessage;

const withElapsed = (text: string, sinceMs: number, nowMs: number): string =>
  `${text} ${Math.max(0, Math.floor((nowMs - sinceMs) / 1000))} s`;

/**
 * Run something with a line on the terminal that says what is awaited and for how long. The line is
 * written to stderr, only when that is a terminal, and is gone afterwards.
 */
export const whileWaiting = async <T>(
  { stderr, now }: Pick<CliContext, 'stderr' | 'now'>,
  text: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> => {
  if (stderr.isTTY !== true) {
    return work(() => undefined);
  }
  const { default: ora } = await import('ora');
  const startedAtMs = now();
  let current = text;
  const spinner = ora({
    stream: stderr,
    isEnabled: true,
    // The prompt of the war room reads the keyboard itself, and Ctrl-C has to arrive.
    discardStdin: false,
  });
  const show = () => {
    spinner.text = withElapsed(current, startedAtMs, now());
  };
  const start = setTimeout(() => {
    show();
    spinner.start();
  }, quietMs);
  const tick = setInterval(show, 1000);
  try {
    return await work((progress) => {
      current = progressText(progress);
      show();
    });
  } finally {
    clearTimeout(start);
    clearInterval(tick);
    if (spinner.isSpinning) {
      spinner.stop();
    }
  }
};
