import * as z from 'zod/mini';

// XSOAR hands values over as it stores them: most as text, checkboxes as booleans, numbers as either.

const booleans = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  ['yes', true],
  [false, false],
  ['false', false],
  ['no', false],
]);

const lowered = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim().toLowerCase() : value;

/** true, false, yes and no in any case, as a boolean; other values as they are. */
export const wordToBoolean = (value: unknown): unknown => booleans.get(lowered(value)) ?? value;

/** `true`, `false`, or the words true, yes, false, no in any case. */
export const booleanSchema = z.pipe(
  z.pipe(z.unknown(), z.transform(wordToBoolean)),
  z.boolean({ error: 'must be true or false' }),
);

/** Digits as the number that they write; other values as they are. */
export const digitsToNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;

/** A whole number from `least` to `most`, as a number or as digits. */
export const wholeNumberSchema = (least: number, most: number): z.ZodMiniType<number> => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.pipe(
    z.pipe(z.unknown(), z.transform(digitsToNumber)),
    z.int({ error }).check(z.gte(least, { error }), z.lte(most, { error })),
  );
};

/** Text without the white space around it, which comes with a paste; other values as they are. */
export const trimText = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim() : value;

/** Was a value given at all? XSOAR leaves an empty field as null, as '' or out altogether. */
export const isGiven = (value: unknown): boolean => {
  const trimmed = trimText(value);
  return trimmed !== undefined && trimmed !== null && trimmed !== '';
};
