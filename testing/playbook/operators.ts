type Operator = (left: unknown, right: unknown) => boolean;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

// What XSOAR makes of a list in a comparison of texts is not relied on.
const text = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) {
    throw new Error(`a comparison of texts got ${JSON.stringify(value)}`);
  }
  return String(value ?? '');
};

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['isEqualString', (left, right) => text(left) === text(right)],
  ['isNotEqualString', (left, right) => text(left) !== text(right)],
  ['containsString', (left, right) => text(left).includes(text(right))],
  ['notContainsString', (left, right) => !text(left).includes(text(right))],
  ['lessThan', (left, right) => Number(text(left)) < Number(text(right))],
  ['lessThanOrEqual', (left, right) => Number(text(left)) <= Number(text(right))],
  ['greaterThanOrEqual', (left, right) => Number(text(left)) >= Number(text(right))],
  ['isExists', (left) => left !== undefined],
  ['isNotExists', (left) => left === undefined],
  ['isEmpty', isEmpty],
  ['isNotEmpty', (left) => !isEmpty(left)],
]);

/** Apply one of XSOAR's operators. */
export const compare = (operator: string, left: unknown, right: unknown): boolean => {
  const apply = operators.get(operator);
  if (apply === undefined) {
    throw new Error(`the interpreter does not know the operator ${operator}`);
  }
  return apply(left, right);
};
