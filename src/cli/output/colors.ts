import type { TextOutput } from '../cli-context.ts';
import type { Environment } from '../environment.ts';

/** How many colors to use, in chalk's terms: none or the terminal's sixteen. */
export const colorLevel = (output: TextOutput, env: Environment): 0 | 1 =>
  output.isTTY === true && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb' ? 1 : 0;
