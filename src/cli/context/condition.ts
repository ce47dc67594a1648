import { comparisons } from './comparisons.ts';
import { type Token, tokenizeCondition } from './condition-tokens.ts';
import { PathError } from './path-error.ts';
import { TokenReader } from './token-reader.ts';
import { ownValue } from './values.ts';

/** What a condition speaks of: `val` is what the context holds, `obj` what is to be written. */
export interface Subjects {
  readonly val: unknown;
  readonly obj?: unknown;
}

/** Does the condition hold? */
export type Condition = (subjects: Subjects) => boolean;

type Expression = (subjects: Subjects) => unknown;

const constants = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

const readName = ({ text, at }: Token): Expression => {
  const [root = '', ...keys] = text.split('.');
  if (keys.length === 0 && constants.has(root)) {
    return () => constants.get(root);
  }
  if (root !== 'val' && root !== 'obj') {
    throw new PathError(at, 'a condition speaks of val and obj only');
  }
  return (subjects) => keys.reduce(ownValue, subjects[root]);
};

const readOperand = (reader: TokenReader): Expression => {
  const token = reader.take();
  switch (token.kind) {
    case 'name':
      return readName(token);
    case 'number':
      return () => Number(token.text);
    case 'text':
      return () => token.text.slice(1, -1);
    case 'operator':
      return readPrefix(reader, token);
    default:
      return token.kind satisfies never;
  }
};

const readPrefix = (reader: TokenReader, { text, at }: Token): Expression => {
  if (text === '!') {
    const operand = readOperand(reader);
    return (subjects) => !operand(subjects);
  }
  if (text === '(') {
    const inner = readOr(reader);
    reader.expect(')');
    return inner;
  }
  throw new PathError(at, `a value is missing before ${text}`);
};

const readComparison = (reader: TokenReader): Expression => {
  const left = readOperand(reader);
  const compareWith = comparisons.get(reader.peek()?.text ?? '');
  if (compareWith === undefined || reader.peek()?.kind !== 'operator') {
    return left;
  }
  reader.take();
  const right = readOperand(reader);
  return (subjects) => compareWith(left(subjects), right(subjects));
};

const readAnd = (reader: TokenReader): Expression => {
  let left = readComparison(reader);
  while (reader.accept('&&')) {
    const [first, second] = [left, readComparison(reader)];
    left = (subjects) => first(subjects) && second(subjects);
  }
  return left;
};

const readOr = (reader: TokenReader): Expression => {
  let left = readAnd(reader);
  while (reader.accept('||')) {
    const [first, second] = [left, readAnd(reader)];
    left = (subjects) => first(subjects) || second(subjects);
  }
  return left;
};

/**
 * Read a condition of a context path, such as `val.TxID && val.TxID == obj.TxID`: comparisons, `&&`,
 * `||`, `!` and parentheses over `val`, `obj`, text, numbers and constants. XSOAR allows any
 * JavaScript there; nothing of it is evaluated here.
 *
 * @param offset where the condition stands in its path, for faults.
 * @throws {@link PathError}
 */
export const parseCondition = (condition: string, offset: number): Condition => {
  const reader = new TokenReader(tokenizeCondition(condition, offset), offset + condition.length);
  const expression = readOr(reader);
  const rest = reader.peek();
  if (rest !== undefined) {
    throw new PathError(rest.at, 'this has no meaning here in a condition');
  }
  return (subjects) => Boolean(expression(subjects));
};
