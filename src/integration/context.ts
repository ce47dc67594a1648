/** What a command writes to the context: paths, with or without a key to merge by, and values. */
export type EntryContext = Readonly<Record<string, unknown>>;

/** One value that a command writes to the context. */
export interface Output {
  /** The path, as playbooks read it. */
  readonly contextPath: string;
  readonly type: 'String' | 'Number' | 'Boolean' | 'Date' | 'Unknown';
  readonly description: string;
}

/** An output; most are text. */
/* @__NO_SIDE_EFFECTS__ */
export const output = (
  contextPath: string,
  description: string,
  type: Output['type'] = 'String',
): Output => ({ contextPath, type, description });

/** Leave out what is not known: a key without a value would look like an answer to a playbook. */
export const known = (values: EntryContext): Record<string, unknown> => {
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
