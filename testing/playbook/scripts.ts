type Context = Readonly<Record<string, unknown>>;
type Script = (args: Readonly<Record<string, unknown>>, context: Context) => Context;

/** A copy of `node` that has `value` under these keys. */
export const write = (node: unknown, keys: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return value;
  }
  const parent = typeof node === 'object' && node !== null ? (node as Context) : {};
  return { ...parent, [key]: write(parent[key], rest, value) };
};

const asJson = (value: unknown): unknown => {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
};

/** The scripts of XSOAR's own content that the playbooks use, as far as they use them. */
export const scripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  [
    'Set',
    ({ key, value, stringify }, context) =>
      write(
        context,
        String(key).split('.'),
        stringify === 'true' ? value : asJson(value),
      ) as Context,
  ],
  [
    'DeleteContext',
    ({ all }) => {
      if (all !== 'yes') {
        throw new Error('the interpreter deletes all of the context or nothing');
      }
      return {};
    },
  ],
]);
