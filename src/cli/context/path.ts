import jsep from 'jsep';
import { asList, fromList, ownValue } from './values.ts';

/** What a condition refers to: `val` is what the context holds, `obj` what is being written. */
export interface Subjects {
  readonly val: unknown;
  readonly obj?: unknown;
}

/** Tells whether the condition holds. */
export type Condition = (subjects: Subjects) => boolean;

/** A context path, or a condition in one, that cannot be read. */
export class PathError extends Error {
  override readonly name = 'PathError';

  /** Index of the character in the path. */
  readonly at: number;

  constructor(at: number, rule: string) {
    super(rule);
    this.at = at;
  }
}

type Expression = (subjects: Subjects) => unknown;
type Operator = (left: unknown, right: unknown) => unknown;

const inOrder =
  (holds: (order: number) => boolean): Operator =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      return holds(left - right);
    }
    return typeof left === 'string' && typeof right === 'string'
      ? holds(left < right ? -1 : Number(left > right))
      : false;
  };

// Playbooks compare a number with its digits, as XSOAR allows; == is no looser than that here.
const isSame: Operator = (left, right) =>
  left === right ||
  ((typeof left === 'number' || typeof right === 'number') && String(left) === String(right));

const operators = new Map<string, Operator>([
  ['==', isSame],
  ['===', (left, right) => left === right],
  ['!=', (left, right) => !isSame(left, right)],
  ['!==', (left, right) => left !== right],
  ['<', inOrder((order) => order < 0)],
  ['>', inOrder((order) => order > 0)],
  ['<=', inOrder((order) => order <= 0)],
  ['>=', inOrder((order) => order >= 0)],
  ['&&', (left, right) => left && right],
  ['||', (left, right) => left || right],
]);

/** A part of JavaScript that conditions do not have here. */
const unsupported = (rule: string): PathError => new PathError(0, rule);

const compileName = (name: string): Expression => {
  switch (name) {
    case 'val':
      return ({ val }) => val;
    case 'obj':
      return ({ obj }) => obj;
    case 'undefined':
      return () => undefined;
  }
  throw unsupported('a condition knows val and obj only');
};

const compileUnary = ({ operator, argument }: jsep.UnaryExpression): Expression => {
  const operand = compile(argument);
  switch (operator) {
    case '!':
      return (subjects) => !operand(subjects);
    case '-':
      return (subjects) => -Number(operand(subjects));
  }
  throw unsupported(`a condition has no operator ${operator}`);
};

const compileBinary = ({ operator, left, right }: jsep.BinaryExpression): Expression => {
  const apply = operators.get(operator);
  if (apply === undefined) {
    throw unsupported(`a condition has no operator ${operator}`);
  }
  const [first, second] = [compile(left), compile(right)];
  return (subjects) => apply(first(subjects), second(subjects));
};

const compileMember = ({ object, property, computed }: jsep.MemberExpression): Expression => {
  const owner = compile(object);
  const key: Expression = computed ? compile(property) : () => property['name'];
  return (subjects) => ownValue(owner(subjects), String(key(subjects)));
};

const compile = (node: jsep.Expression): Expression => {
  // The parser is used as it comes, so these are all the types that it can give.
  const expression = node as jsep.CoreExpression;
  switch (expression.type) {
    case 'Literal':
      return () => expression.value;
    case 'Identifier':
      return compileName(expression.name);
    case 'MemberExpression':
      return compileMember(expression);
    case 'UnaryExpression':
      return compileUnary(expression);
    case 'BinaryExpression':
      return compileBinary(expression);
    case 'Compound':
    case 'SequenceExpression':
      throw unsupported('a condition is one expression');
    case 'CallExpression':
      throw unsupported('a condition calls no functions here');
    case 'ThisExpression':
    case 'ConditionalExpression':
    case 'ArrayExpression':
      throw unsupported('a condition consists of comparisons, &&, ||, ! and parentheses');
  }
};

const isSyntaxError = (error: unknown): error is { index: number; description: string } =>
  error instanceof Error && 'index' in error && 'description' in error;

/**
 * Read a condition of a context path, such as `val.TxID && val.TxID == obj.TxID`. XSOAR allows any
 * JavaScript there; here it is comparisons of `val` and `obj`, and nothing is evaluated as code.
 *
 * @param offset index of the condition in its path, for faults.
 * @throws {@link PathError}
 */
export const parseCondition = (condition: string, offset: number): Condition => {
  try {
    const expression = compile(jsep(condition));
    return (subjects) => Boolean(expression(subjects));
  } catch (error) {
    if (isSyntaxError(error)) {
      throw new PathError(offset + error.index, `not a condition: ${error.description}`);
    }
    if (error instanceof PathError) {
      throw new PathError(offset + error.at, error.message);
    }
    throw error;
  }
};

/** One step of a context path. */
export type PathStep =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly condition: Condition };

/** The characters of a text outside quotes, with their indices. Quotes are ' and ". */
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

const readStep = (path: string, at: number): { step: PathStep; end: number } => {
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
export const parsePath = (path: string): readonly PathStep[] => {
  const steps: PathStep[] = [];
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

const take = (values: readonly unknown[], step: PathStep): readonly unknown[] => {
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
