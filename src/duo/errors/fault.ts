import { sanitizeText } from '../sanitize-text.ts';

/** One broken rule: the field's name and the rule, never the value that broke it. */
export interface Fault {
  readonly name: string;
  readonly rule: string;
}

/** `timeout: must be a number; hostname: is missing`. */
export const listFaults = (faults: readonly Fault[]): string =>
  faults.map(({ name, rule }) => `${sanitizeText(name)}: ${rule}`).join('; ');
