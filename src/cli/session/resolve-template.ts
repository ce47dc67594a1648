import { lookUp } from '../context/look-up.ts';
import { PathError } from '../context/path-error.ts';
import type { Values } from '../context/values.ts';
import type { LineFault } from '../line/line-fault.ts';
import type { Part, Template } from '../line/template.ts';

/** A value with its lookups done, or what could not be found. */
export type Resolved =
  | { readonly value: unknown }
  | { readonly faults: readonly [LineFault, ...LineFault[]] };

const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

const resolvePart = (part: Part, context: Values): { value: unknown } | { fault: LineFault } => {
  if ('text' in part) {
    return { value: part.text };
  }
  try {
    const value = lookUp(context, part.lookup);
    return value === undefined || value === null
      ? { fault: { at: part.at, rule: 'the context has nothing here' } }
      : { value };
  } catch (error) {
    if (error instanceof PathError) {
      return { fault: { at: part.at + error.at, rule: error.message } };
    }
    throw error;
  }
};

/**
 * Look up what a value refers to. A lookup that is the whole value keeps its type; among other text
 * it becomes text. One that finds nothing is a fault: an empty name must not be sent in its place.
 */
export const resolveTemplate = (template: Template, context: Values): Resolved => {
  const parts = template.map((part) => resolvePart(part, context));
  const [firstFault, ...faults] = parts.flatMap((part) => ('fault' in part ? [part.fault] : []));
  if (firstFault !== undefined) {
    return { faults: [firstFault, ...faults] };
  }
  const values = parts.flatMap((part) => ('value' in part ? [part.value] : []));
  return { value: values.length === 1 ? values[0] : values.map(asText).join('') };
};
