import { createInterface } from 'node:readline';
import type { TextInput } from '../cli-context.ts';

/** A line of the input that is not blank, and its number from 1. */
export interface InputLine {
  readonly text: string;
  readonly number: number;
}

/** The input's lines, read no faster than they are taken, up to its end or until the signal fires. */
export async function* inputLines(
  input: TextInput,
  signal: AbortSignal,
): AsyncGenerator<InputLine> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal });
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() !== '') {
      yield { text, number };
    }
  }
}
