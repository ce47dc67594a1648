import type { TextOutput } from './cli-context.ts';

/** Tells a person something, unless it was told before. */
export type Say = (text: string) => void;

/** Write each different text to an output once, a line each. */
export const warnOnce = (output: TextOutput): Say => {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) {
      said.add(text);
      output.write(`${text}\n`);
    }
  };
};

/** Warn about parameters that look wrong without being a fault. */
export const warn = (warnings: readonly string[], say: Say): void => {
  for (const warning of warnings) {
    say(`Warning: ${warning}`);
  }
};
