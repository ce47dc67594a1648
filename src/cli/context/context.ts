import type { Entry } from '../../integration/entry.ts';
import { type Condition, lookUp, outsideQuotes, PathError, parsePath } from './path.ts';
import { asList, fromList, isValues, ownValue, type Values } from './values.ts';

/** Where to write: keys down from the root, and by which condition to merge. */
interface Target {
  readonly keys: readonly string[];
  readonly condition: Condition | undefined;
}

/**
 * Read where outputs go: keys, with a condition at the end where there is something to merge.
 *
 * @throws {@link PathError}
 */
const parseTarget = (path: string): Target => {
  const steps = parsePath(path);
  const last = steps.at(-1);
  const condition = last !== undefined && 'condition' in last ? last.condition : undefined;
  const keys = (condition === undefined ? steps : steps.slice(0, -1)).map((step) => {
    if (!('key' in step)) {
      throw new PathError(0, 'only keys and a condition at the end can be written to');
    }
    return step.key;
  });
  return { keys, condition };
};

const mergeOne = (
  stored: readonly unknown[],
  obj: unknown,
  condition: Condition | undefined,
): readonly unknown[] => {
  if (condition === undefined || !stored.some((val) => condition({ val, obj }))) {
    return [...stored, obj];
  }
  return stored.map((val) => {
    if (!condition({ val, obj })) {
      return val;
    }
    return isValues(val) && isValues(obj) ? { ...val, ...obj } : obj;
  });
};

const writeAt = (
  node: unknown,
  keys: readonly string[],
  change: (value: unknown) => unknown,
): unknown => {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return change(node);
  }
  const parent = isValues(node) ? node : {};
  return { ...parent, [key]: writeAt(ownValue(node, key), rest, change) };
};

/**
 * Write a command's outputs as XSOAR does: a plain path appends, so one call leaves an object and
 * several a list; a path with a condition updates what the condition matches, and appends otherwise.
 * The context given is left as it is.
 *
 * @throws {@link PathError}
 */
export const mergeContext = (context: Values, outputs: Values): Values => {
  let merged: unknown = context;
  for (const [path, value] of Object.entries(outputs)) {
    const { keys, condition } = parseTarget(path);
    const written = asList(value);
    if (written.length > 0) {
      merged = writeAt(merged, keys, (stored) =>
        fromList(
          written.reduce<readonly unknown[]>(
            (list, obj) => mergeOne(list, obj, condition),
            asList(stored),
          ),
        ),
      );
    }
  }
  return isValues(merged) ? merged : context;
};

/** One `key=path` of `extend-context`. */
export interface Extension {
  /** Where in the context to write. */
  readonly key: string;
  /** Where in Duo's response to look. */
  readonly path: string;
}

/** The index of the `=` between key and path; the ones in a condition's parentheses do not count. */
const separatorOf = (text: string): number => {
  let depth = 0;
  for (const [at, letter] of outsideQuotes(text)) {
    depth += letter === '(' ? 1 : 0;
    depth -= letter === ')' ? 1 : 0;
    if (letter === '=' && depth === 0) {
      return at;
    }
  }
  return -1;
};

const parseExtension = (text: string): Extension => {
  const equals = separatorOf(text);
  const [key, path] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  if (equals < 1 || key === '') {
    throw new PathError(0, 'must be key=path, several of them joined by ::');
  }
  parseTarget(key);
  parsePath(path || '.');
  return { key, path: path || '.' };
};

/**
 * Read `key=path::key2=path2`, the value of `extend-context`. A path of `.` or none is the whole
 * response.
 *
 * @throws {@link PathError}
 */
export const parseExtensions = (text: string): readonly Extension[] =>
  text.split('::').map(parseExtension);

const extend = (extensions: readonly Extension[], response: unknown): Values => {
  const added: Record<string, unknown> = {};
  for (const { key, path } of extensions) {
    const value = lookUp(response, path);
    if (value !== undefined) {
      added[key] = value;
    }
  }
  return added;
};

/** What a line says about the context: leave the command's outputs out, take more of the response. */
export interface ContextOptions {
  readonly ignoreOutputs: boolean;
  readonly extensions: readonly Extension[];
}

/** The context after a command: its outputs merged in, and what the line takes besides. */
export const updateContext = (
  context: Values,
  { EntryContext, Contents }: Entry,
  { ignoreOutputs, extensions }: ContextOptions,
): Values => {
  const written = ignoreOutputs ? context : mergeContext(context, EntryContext);
  return mergeContext(written, extend(extensions, Contents));
};
