import { addAbortSignal } from 'node:stream';
import * as z from 'zod/mini';
import { BadArgumentError } from '../duo/errors/input-errors.ts';
import type { TextInput } from './cli-context.ts';

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

/** One line of `run`, read. */
export interface RunRequest {
  /** What names the line in its answer, as JSON, digit by digit as it came. */
  readonly id: string;
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The parameters to run it with, in place of those that `run` was started with. */
  readonly params: Readonly<Record<string, unknown>> | undefined;
}

/** A line, or its id, if that can be read, and what is wrong. */
export type ReadRequest =
  | { readonly request: RunRequest }
  | { readonly id: string; readonly error: BadArgumentError };

const record = z.record(z.string(), z.unknown(), { error: 'must be an object' });
const idSchema = z.nullish(
  z.union([z.string(), z.number()], { error: 'must be text or a number' }),
);

const schema = z.strictObject({
  id: idSchema,
  command: z.string({ error: 'must be text' }),
  args: z.nullish(record),
  params: z.nullish(record),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * A number at the top level of a JSON object, as it is written there: 9007199254740993 and 1.0 are
 * other numbers once they are parsed.
 */
const writtenNumber = (json: string, key: string): string | undefined => {
  let depth = 0;
  let previous = '';
  let name: unknown;
  let written: string | undefined;
  for (const [part] of json.matchAll(token)) {
    if (previous === ':' && depth === 1 && name === key) {
      written = part;
    }
    if (part === ':' && depth === 1) {
      name = JSON.parse(previous);
    }
    depth += Number(part === '{' || part === '[') - Number(part === '}' || part === ']');
    previous = part;
  }
  return written;
};

const readId = (value: unknown, json: string): string => {
  const id = z.looseObject({ id: idSchema }).safeParse(value).data?.id ?? null;
  return typeof id === 'number' ? (writtenNumber(json, 'id') ?? 'null') : JSON.stringify(id);
};

type Issue = z.core.$ZodIssue;

const toFaults = (lineNumber: number, issue: Issue) =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ name: key, rule: 'is not known; use id, command, args, params' }))
    : [
        issue.path.length === 0
          ? { name: `line ${lineNumber}`, rule: 'must be a JSON object' }
          : { name: issue.path.map(String).join('.'), rule: issue.message },
      ];

/** Read a JSON line: `{"id":1,"command":"duo-check","args":{},"params":{}}`. */
export const readRequest = (line: InputLine): ReadRequest => {
  const { number } = line;
  if ('fault' in line) {
    const faults = [{ name: `line ${number}`, rule: line.fault }];
    return { id: 'null', error: new BadArgumentError('run', faults) };
  }
  const value = parseJson(line.text);
  const id = readId(value, line.text);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => toFaults(number, issue));
    return { id, error: new BadArgumentError('run', faults) };
  }
  const { command, args, params } = parsed.data;
  return { request: { id, command, args: args ?? {}, params: params ?? undefined } };
};
