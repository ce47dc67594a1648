import type { Condition } from './condition.ts';
import { parsePath } from './parse-path.ts';
import { PathError } from './path-error.ts';
import { asList, fromList, isValues, ownValue, type Values } from './values.ts';

/** Where to write: keys down from the root, and by which condition to merge. */
export interface Target {
  readonly keys: readonly string[];
  readonly condition: Condition | undefined;
}

/**
 * Read where outputs go: keys, with a condition at the end where there is something to merge.
 *
 * @throws {@link PathError}
 */
export const parseTarget = (path: string): Target => {
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
