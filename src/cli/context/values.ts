/** A context, or any object in it. */
export type Values = Readonly<Record<string, unknown>>;

/** Is this an object with keys of its own? */
export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object's own value; what every object inherits is not part of a context. */
export const ownValue = (value: unknown, key: string): unknown =>
  isValues(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** A value as text: objects and lists as JSON. */
export const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Context holds one value as it is and several as a list; here both are a list. */
export const asList = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
};

/** A list as context holds it: nothing, the one value, or several. */
export const fromList = (values: readonly unknown[]): unknown =>
  values.length > 1 ? values : values[0];
