import { emitKeypressEvents, type Key } from 'node:readline';
import type { TextInput, TextOutput } from '../cli-context.ts';
import { UsageError } from '../usage-error.ts';

const ends = ['return', 'enter'];

/** What is typed, key by key; `undefined` once it is given up. */
const typeOn = (
  typed: string,
  text: string | undefined,
  { name, ctrl }: Key,
): string | undefined => {
  if (ctrl === true && (name === 'c' || name === 'd')) {
    return undefined;
  }
  if (name === 'backspace') {
    return typed.slice(0, -1);
  }
  const isPrintable = text !== undefined && /^[\x20-\x7e]+$/.test(text);
  return isPrintable ? typed + text : typed;
};

/**
 * Ask a question on a terminal and read the answer without showing it. A prompt that reads the same
 * keyboard does not see the keys meanwhile, so they reach neither its line nor its history.
 *
 * @throws {@link UsageError} on Ctrl-C and Ctrl-D.
 */
export const readHidden = (
  stdin: TextInput,
  output: TextOutput,
  question: string,
): Promise<string> =>
  new Promise((resolve, reject) => {
    emitKeypressEvents(stdin);
    const others = stdin.listeners('keypress') as ((text?: string, key?: Key) => void)[];
    const wasRaw = stdin.isRaw === true;
    stdin.removeAllListeners('keypress');
    stdin.setRawMode?.(true);

    const end = () => {
      stdin.removeListener('keypress', onKey);
      stdin.setRawMode?.(wasRaw);
      for (const other of others) {
        stdin.on('keypress', other);
      }
      if (others.length === 0) {
        // Nobody else reads, and a terminal that is read keeps the program alive.
        stdin.pause();
      }
      output.write('\n');
    };

    let typed = '';
    const onKey = (text: string | undefined, key: Key) => {
      const after = typeOn(typed, text, key);
      if (after === undefined) {
        end();
        reject(new UsageError('No passcode was given.'));
      } else if (ends.includes(key.name ?? '')) {
        end();
        resolve(typed);
      } else {
        typed = after;
      }
    };
    stdin.on('keypress', onKey);
    output.write(question);
    stdin.resume();
  });
