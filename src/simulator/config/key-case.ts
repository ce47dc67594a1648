type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** A value whose objects have camelCase keys where those of `T` are in snake_case. */
export type CamelCaseKeys<T> = T extends readonly (infer Item)[]
  ? CamelCaseKeys<Item>[]
  : T extends object
    ? { [Key in keyof T as Key extends string ? CamelCase<Key> : Key]: CamelCaseKeys<T[Key]> }
    : T;

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const mapKeys = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) {
    return value.map((item) => mapKeys(item, rename));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [rename(name), mapKeys(item, rename)]),
  );
};

/** What YAML and JSON spell in snake_case, as TypeScript spells it. */
export const camelCaseKeys = <T>(value: T): CamelCaseKeys<T> =>
  mapKeys(value, camelCase) as CamelCaseKeys<T>;

/** The reverse of `camelCaseKeys`. Keys that are in snake_case already stay as they are. */
export const snakeCaseKeys = (value: unknown): unknown => mapKeys(value, snakeCase);
