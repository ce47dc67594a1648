// The part of `zod/mini` that the schemas of this project call, for an engine that has no classes and
// parses every script anew at every run. The build puts it in the place of zod; the schemas are typed
// and tested with zod itself, and a test holds both to the same results.

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A value on its way through a schema. A check reads it, may replace it, and notes what is wrong. */
interface Payload {
  value: unknown;
  readonly issues: { path?: readonly PropertyKey[]; message: string }[];
}

type Check = (payload: Payload) => void;

/** Gives the value to go on with; where it notes an issue, the checks that follow are left out. */
type Reader = (value: unknown, issues: Issue[]) => unknown;

type Result =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

interface Schema {
  readonly read: Reader;
  check(...checks: readonly Check[]): Schema;
  safeParse(value: unknown): Result;
}

interface Shape {
  readonly [name: string]: Schema;
}

/** The words of an issue. */
interface Rule {
  readonly error?: string | ((issue: { readonly input: unknown }) => string | undefined);
}

const unnamedRule = 'Invalid input';

const messageOf = ({ error }: Rule, input: unknown): string =>
  (typeof error === 'function' ? error({ input }) : error) ?? unnamedRule;

const schema = (readType: Reader, checks: readonly Check[] = []): Schema => {
  const read: Reader = (given, issues) => {
    const before = issues.length;
    const payload: Payload = { value: readType(given, issues), issues: [] };
    if (issues.length > before) {
      return payload.value;
    }
    for (const check of checks) {
      check(payload);
    }
    for (const { path = [], message } of payload.issues) {
      issues.push({ path, message });
    }
    return payload.value;
  };
  return {
    read,
    check: (...more) => schema(readType, [...checks, ...more]),
    safeParse: (value) => {
      const issues: Issue[] = [];
      const data = read(value, issues);
      return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } };
    },
  };
};

/** A schema that takes a value as it is, if the test holds. */
const testing = (test: (value: unknown) => boolean, rule: Rule): Schema =>
  schema((value, issues) => {
    if (!test(value)) {
      issues.push({ path: [], message: messageOf(rule, value) });
    }
    return value;
  });

/** Reads what is inside another value, and says where an issue was. */
const readAt = (at: PropertyKey, { read }: Schema, value: unknown, issues: Issue[]): unknown => {
  const inner: Issue[] = [];
  const result = read(value, inner);
  for (const { path, message } of inner) {
    issues.push({ path: [at, ...path], message });
  }
  return result;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const unknown = (): Schema => testing(() => true, {});

export const never = (): Schema => testing(() => false, {});

export const string = (rule: Rule = {}): Schema =>
  testing((value) => typeof value === 'string', rule);

export const boolean = (rule: Rule = {}): Schema =>
  testing((value) => typeof value === 'boolean', rule);

export const number = (rule: Rule = {}): Schema => testing(Number.isFinite, rule);

export const int = (rule: Rule = {}): Schema => testing(Number.isSafeInteger, rule);

export const literal = (values: readonly unknown[], rule: Rule = {}): Schema =>
  testing((value) => values.includes(value), rule);

export const optional = ({ read }: Schema): Schema =>
  schema((value, issues) => (value === undefined ? undefined : read(value, issues)));

export const nullable = ({ read }: Schema): Schema =>
  schema((value, issues) => (value === null ? null : read(value, issues)));

export const _default = ({ read }: Schema, missing: unknown): Schema =>
  schema((value, issues) => (value === undefined ? missing : read(value, issues)));

export const transform = (change: (value: unknown) => unknown): Schema => schema(change);

export const pipe = (first: Schema, second: Schema): Schema =>
  schema((value, issues) => {
    const before = issues.length;
    const between = first.read(value, issues);
    return issues.length > before ? between : second.read(between, issues);
  });

export const union = (options: readonly Schema[], rule: Rule = {}): Schema =>
  schema((value, issues) => {
    for (const { read } of options) {
      const inner: Issue[] = [];
      const result = read(value, inner);
      if (inner.length === 0) {
        return result;
      }
    }
    issues.push({ path: [], message: messageOf(rule, value) });
    return value;
  });

export const array = (item: Schema, rule: Rule = {}): Schema =>
  schema((value, issues) => {
    if (!Array.isArray(value)) {
      issues.push({ path: [], message: messageOf(rule, value) });
      return value;
    }
    return value.map((one, index) => readAt(index, item, one, issues));
  });

export const record = (name: Schema, item: Schema, rule: Rule = {}): Schema =>
  schema((value, issues) => {
    if (!isObject(value)) {
      issues.push({ path: [], message: messageOf(rule, value) });
      return value;
    }
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      readAt(key, name, key, issues);
      result[key] = readAt(key, item, value[key], issues);
    }
    return result;
  });

const readShape = (
  shape: Shape,
  value: unknown,
  result: Record<string, unknown>,
  issues: Issue[],
): unknown => {
  if (!isObject(value)) {
    issues.push({ path: [], message: unnamedRule });
    return value;
  }
  for (const name of Object.keys(shape)) {
    const property = readAt(name, shape[name] as Schema, value[name], issues);
    if (property !== undefined || name in value) {
      result[name] = property;
    }
  }
  return result;
};

/** Drops the names that it does not know. */
export const object = (shape: Shape): Schema & { readonly shape: Shape } => ({
  ...schema((value, issues) => readShape(shape, value, {}, issues)),
  shape,
});

/** Keeps the names that it does not know. */
export const looseObject = (shape: Shape): Schema =>
  schema((value, issues) => readShape(shape, value, { ...(value as object) }, issues));

export const check = (run: Check): Check => run;

export const refine =
  (test: (value: unknown) => boolean, rule: Rule = {}): Check =>
  (payload) => {
    if (!test(payload.value)) {
      payload.issues.push({ message: messageOf(rule, payload.value) });
    }
  };

export const trim = (): Check => (payload) => {
  payload.value = String(payload.value).trim();
};

export const regex = (pattern: RegExp, rule: Rule = {}): Check =>
  refine((value) => pattern.test(String(value)), rule);

export const gte = (least: number, rule: Rule = {}): Check =>
  refine((value) => Number(value) >= least, rule);

export const lte = (most: number, rule: Rule = {}): Check =>
  refine((value) => Number(value) <= most, rule);

export const minLength = (least: number, rule: Rule = {}): Check =>
  refine((value) => (value as { readonly length: number }).length >= least, rule);
