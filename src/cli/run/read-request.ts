import * as z from 'zod/mini';
import { BadArgumentError } from '../../duo/errors/input-errors.ts';

/** What names a line, so that its answer can be told from the others. */
export type RequestId = string | number | null;

/** One line of `run`, read. */
export interface RunRequest {
  readonly id: RequestId;
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The instance to run it on, in place of the one that `run` was started with. */
  readonly params: Readonly<Record<string, unknown>> | undefined;
}

/** A line, or the id that could be read of it and what is wrong. */
export type ReadRequest =
  | { readonly request: RunRequest }
  | { readonly id: RequestId; readonly error: BadArgumentError };

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

const readId = (value: unknown): RequestId => {
  const id = z.looseObject({ id: idSchema }).safeParse(value).data?.id;
  return id ?? null;
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
export const readRequest = (text: string, lineNumber: number): ReadRequest => {
  const value = parseJson(text);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => toFaults(lineNumber, issue));
    return { id: readId(value), error: new BadArgumentError('run', faults) };
  }
  const { id = null, command, args, params } = parsed.data;
  return { request: { id, command, args: args ?? {}, params: params ?? undefined } };
};
