import { once } from 'node:events';
import type { TextOutput } from '../cli-context.ts';

/** Writes a value as one JSON line; done when there is room for the next. */
export type WriteJsonLine = (value: unknown) => Promise<void>;

/** Write JSON lines to an output, no faster than they are read there. */
export const createJsonLines = (output: TextOutput): WriteJsonLine => {
  // One waits for room at a time: a hundred waiting at once would be a hundred listeners.
  let last: Promise<unknown> = Promise.resolve();
  const write = async (value: unknown): Promise<void> => {
    if (!output.write(`${JSON.stringify(value)}\n`)) {
      await once(output, 'drain');
    }
  };
  return async (value) => {
    last = last.then(() => write(value));
    await last;
  };
};
