type Writable = Readonly<Record<string, unknown>>;

/** Leave out what is not known: a key without a value would look like an answer to a playbook. */
export const known = (values: Writable): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result;
};

/** A moment as context holds it: ISO 8601 to the second. */
export const isoTime = (time: Date): string => time.toISOString().replace('.000Z', 'Z');
