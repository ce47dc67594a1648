import { addAbortSignal } from 'node:stream';
import type { TextInput } from '../cli-context.ts';

/** How long a line may be, in bytes. */
export const maxLineBytes = 1024 * 1024;

/** A line of the input that is not blank, with its number from 1; or why it cannot be read. */
export type InputLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: string };

const newline = 0x0a;

// Faulty bytes are refused rather than replaced: a name with a replacement character is another name.
// A byte order mark is dropped.
const utf8 = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Buffer): { readonly text: string } | { readonly fault: string } => {
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { fault: 'is not valid UTF-8' };
  }
};

/** Collects the bytes of one line, and no more of them than a line may have. */
const createLineBuffer = () => {
  let parts: Buffer[] = [];
  let length = 0;
  return {
    add: (part: Buffer): void => {
      length += part.length;
      if (length <= maxLineBytes) {
        parts.push(part);
      } else {
        parts = [];
      }
    },
    take: (): { readonly text: string } | { readonly fault: string } => {
      const read =
        length > maxLineBytes ? { fault: 'is longer than 1 MiB' } : decode(Buffer.concat(parts));
      parts = [];
      length = 0;
      return read;
    },
  };
};

async function* readChunks(input: TextInput, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of addAbortSignal(signal, input)) {
      yield Buffer.from(chunk);
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

/**
 * The input's lines, read no faster than they are taken. They end with the input, or at once when the
 * signal fires, whatever has been read already.
 */
export async function* readLines(input: TextInput, signal: AbortSignal): AsyncGenerator<InputLine> {
  const line = createLineBuffer();
  let number = 0;
  const take = (): InputLine[] => {
    number += 1;
    const read = line.take();
    return 'text' in read && read.text.trim() === '' ? [] : [{ number, ...read }];
  };
  for await (const chunk of readChunks(input, signal)) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      line.add(chunk.subarray(start, end));
      start = end + 1;
      yield* take();
      if (signal.aborted) {
        return;
      }
    }
    line.add(chunk.subarray(start));
  }
  if (!signal.aborted) {
    yield* take();
  }
}
