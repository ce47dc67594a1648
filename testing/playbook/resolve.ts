import { lookUp } from '../../src/cli/context/path.ts';
import { compare } from './operators.ts';
import type { ComparisonYml, ValueYml } from './types.ts';

/** What paths are looked up in: the context, with `inputs` and `modules` beside it. */
export type Scope = Readonly<Record<string, unknown>>;

const reference = /\$\{([^}]+)\}/g;

const resolveText = (text: string, scope: Scope): unknown => {
  const whole = /^\$\{([^}]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) {
    return lookUp(scope, whole);
  }
  return text.replace(reference, (_match, path: string) => String(lookUp(scope, path) ?? ''));
};

const asList = (value: unknown): readonly unknown[] => {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
};

// A filter names its field from the root down; it is asked of each item.
const passes = (item: unknown, root: string, filter: readonly ComparisonYml[]): boolean =>
  filter.some(({ operator, left, right }) => {
    const path = left.value.simple?.slice(root.length + 1) ?? '';
    return compare(operator, lookUp(item, path), right?.value.simple);
  });

const transform = (
  values: readonly unknown[],
  transformers: readonly { readonly operator: string }[],
): unknown => {
  const [{ operator } = { operator: '' }] = transformers;
  if (operator === 'count') {
    return values.length;
  }
  if (operator !== '') {
    throw new Error(`the interpreter does not know the transformer ${operator}`);
  }
  return values.length > 1 ? values : values[0];
};

const resolveComplex = (
  { root, accessor, filters = [], transformers = [] }: NonNullable<ValueYml['complex']>,
  scope: Scope,
): unknown => {
  const items = asList(lookUp(scope, root)).filter((item) =>
    filters.every((filter) => passes(item, root, filter)),
  );
  const values = accessor === undefined ? items : items.map((item) => lookUp(item, accessor));
  return transform(values, transformers);
};

/** The value of a task's argument. */
export const resolveValue = ({ simple, complex }: ValueYml, scope: Scope): unknown =>
  complex === undefined ? resolveText(simple ?? '', scope) : resolveComplex(complex, scope);

// A side of a condition: a path where it says so, else the text itself.
const resolveSide = (side: ComparisonYml['right'], scope: Scope): unknown => {
  if (side === undefined) {
    return undefined;
  }
  const { value, iscontext } = side;
  return iscontext && value.simple !== undefined
    ? lookUp(scope, value.simple)
    : resolveValue(value, scope);
};

/** All groups must hold, of each group one comparison. */
export const holds = (condition: readonly (readonly ComparisonYml[])[], scope: Scope): boolean =>
  condition.every((group) =>
    group.some(({ operator, left, right }) =>
      compare(operator, resolveSide(left, scope), resolveSide(right, scope)),
    ),
  );
