import jsep from 'jsep';
import { ownValue } from './values.ts';

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

/** A part of the language that conditions do not have here. */
class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

const compileName = (name: string): Expression => {
  switch (name) {
    case 'val':
      return ({ val }) => val;
    case 'obj':
      return ({ obj }) => obj;
    case 'undefined':
      return () => undefined;
  }
  throw new UnsupportedError('a condition knows val and obj only');
};

const compileUnary = ({ operator, argument }: jsep.UnaryExpression): Expression => {
  const operand = compile(argument);
  switch (operator) {
    case '!':
      return (subjects) => !operand(subjects);
    case '-':
      return (subjects) => -Number(operand(subjects));
  }
  throw new UnsupportedError(`a condition has no operator ${operator}`);
};

const compileBinary = ({ operator, left, right }: jsep.BinaryExpression): Expression => {
  const apply = operators.get(operator);
  if (apply === undefined) {
    throw new UnsupportedError(`a condition has no operator ${operator}`);
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
      throw new UnsupportedError('a condition is one expression');
    case 'CallExpression':
      throw new UnsupportedError('a condition calls no functions here');
    case 'ThisExpression':
    case 'ConditionalExpression':
    case 'ArrayExpression':
      throw new UnsupportedError('a condition consists of comparisons, &&, ||, ! and parentheses');
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
    if (error instanceof UnsupportedError) {
      throw new PathError(offset, error.message);
    }
    throw error;
  }
};
