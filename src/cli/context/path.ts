import { type Condition, PathError, parseCondition } from './condition.ts';
import { asList, fromList, ownValue } from './values.ts';

/** One step of a context path. */
export type Step =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly condition: Condition };

/** The letters of a text outside quotes, with their indices. Quotes are ' and ". */
export function* outsideQuotes(text: string, from = 0): Generator<readonly [number, string]> {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      quote = letter === quote ? '' : quote;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else {
      yield [at, letter];
    }
  }
}

const key = /[^.[\]()=\s]+/y;
const index = /\[(\d+)\]/y;

const match = (pattern: RegExp, path: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(path);
};

/** The index after the `)` that closes the `(` at the start. */
const afterCondition = (path: string, start: number): number => {
  let depth = 0;
  for (const [at, letter] of outsideQuotes(path, start)) {
    depth += letter === '(' ? 1 : 0;
    depth -= letter === ')' ? 1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  throw new PathError(start, 'this parenthesis is not closed');
};

const readStep = (path: string, at: number): { step: Step; end: number } => {
  if (path[at] === '(') {
    const end = afterCondition(path, at);
    return { step: { condition: parseCondition(path.slice(at + 1, end - 1), at + 1) }, end };
  }
  const indexed = match(index, path, at);
  if (indexed !== null) {
    return { step: { index: Number(indexed[1]) }, end: at + indexed[0].length };
  }
  const [name] = match(key, path, at) ?? [];
  if (name === undefined) {
    throw new PathError(at, 'a key, [number] or (condition) is missing here');
  }
  return { step: { key: name }, end: at + name.length };
};

/** Where the next step begins: after a dot, or at once for `[` and `(`. */
const nextStart = (path: string, end: number): number => {
  switch (path[end]) {
    case '.':
      return end + 1;
    case '[':
    case '(':
      return end;
    case '=':
      throw new PathError(end, 'formulas (=) run in XSOAR only');
  }
  throw new PathError(end, 'this has no meaning in a path');
};

/**
 * Read a context path: `Duo.PreAuth.[1].Response.Result`, `Duo.Transaction(val.TxID == 'x').Result`.
 * A lone `.` is the whole context.
 *
 * @throws {@link PathError}
 */
export const parsePath = (path: string): readonly Step[] => {
  const steps: Step[] = [];
  let at = 0;
  while (path !== '.') {
    const { step, end } = readStep(path, at);
    steps.push(step);
    if (end === path.length) {
      break;
    }
    at = nextStart(path, end);
  }
  return steps;
};

const take = (values: readonly unknown[], step: Step): readonly unknown[] => {
  const items = values.flatMap(asList);
  if ('index' in step) {
    return items.slice(step.index, step.index + 1);
  }
  return 'key' in step
    ? items.map((item) => ownValue(item, step.key)).filter((value) => value !== undefined)
    : items.filter((val) => step.condition({ val }));
};

/**
 * What a path finds in a context: nothing (`undefined`), one value, or a list. A key asked of a list
 * is asked of each of its members, as in XSOAR.
 *
 * @throws {@link PathError}
 */
export const lookUp = (context: unknown, path: string): unknown =>
  fromList(parsePath(path).reduce(take, [context]));
