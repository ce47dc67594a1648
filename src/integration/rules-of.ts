import type * as z from 'zod/mini';

/** The rules that a value broke, each once, in words for a person. */
export const rulesOf = (error: z.core.$ZodError): string =>
  [...new Set(error.issues.map(({ message }) => message))].join(', ');
