import type { TextOutput } from './cli-context.ts';

/** Tells a person something, unless it was told before. */
export type Say = (text: string) => void;

/** Write each different text to an output once, a line each. */
export const sayOnce = (output: TextOutput): Say => {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) {
      said.add(text);
      output.write(`${text}\n`);
    }
  };
};
