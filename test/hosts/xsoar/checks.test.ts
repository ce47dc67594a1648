import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as zod from 'zod/mini';
import * as checks from '../../../src/hosts/xsoar/checks.ts';

type Zod = typeof zod;

// The part that the schemas of the project use, in all the ways that they use it.
const error = 'broken';
const schemas: Readonly<Record<string, (z: Zod) => zod.ZodMiniType>> = {
  unknown: (z) => z.unknown(),
  never: (z) => z.never(),
  string: (z) => z.string(),
  'a rule in words': (z) => z.string({ error }),
  'a rule that looks at the value': (z) =>
    z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') }),
  boolean: (z) => z.boolean({ error }),
  number: (z) => z.number(),
  int: (z) => z.int({ error }),
  literal: (z) => z.literal(['a', 'b', 2], { error }),
  optional: (z) => z.optional(z.string()),
  nullable: (z) => z.optional(z.nullable(z.string())),
  default: (z) => z._default(z.boolean({ error }), false),
  transform: (z) => z.transform((value) => [value]),
  'a pipe that ends at a fault': (z) =>
    z.pipe(
      z.string(),
      z.transform((text) => text.length),
    ),
  'a pipe of an absent value': (z) =>
    z.pipe(
      z.optional(z.nullable(z.string())),
      z.transform((text) => text || undefined),
    ),
  'a pipe into checks': (z) =>
    z.pipe(
      z.pipe(
        z.unknown(),
        z.transform((one) => (typeof one === 'string' ? Number(one) : one)),
      ),
      z.int({ error }).check(z.gte(1, { error })),
    ),
  limits: (z) => z.int({ error }).check(z.gte(1, { error }), z.lte(3, { error })),
  'two faults of one value': (z) =>
    z.string({ error }).check(z.minLength(3, { error }), z.regex(/^a/, { error: 'other' })),
  'trimmed before it is matched': (z) => z.string().check(z.trim(), z.regex(/^a*$/, { error })),
  refine: (z) => z.string().check(z.refine((text) => text !== 'a', { error })),
  'a check of its own': (z) =>
    z
      .pipe(
        z.string().check(z.trim()),
        z.transform((text) => text.toLowerCase()),
      )
      .check(
        z.check(({ value, issues }) => {
          if (value === 'a') {
            issues.push({ code: 'custom', message: 'no a', input: value });
          }
        }),
      ),
  union: (z) => z.pipe(z.union([z.string(), z.number()], { error }), z.transform(String)),
  array: (z) => z.array(z.string({ error: 'item' }), { error }).check(z.minLength(1, { error })),
  record: (z) => z.record(z.string(), z.union([z.string(), z.number()], { error }), { error }),
  object: (z) =>
    z.object({
      a: z.string({ error }),
      b: z.optional(z.int()),
      c: z._default(z.literal(['x']), 'x'),
    }),
  'loose object': (z) =>
    z.looseObject({
      a: z.string(),
      b: z.pipe(
        z.optional(z.nullable(z.string())),
        z.transform((text) => text ?? undefined),
      ),
      list: z.optional(z.nullable(z.array(z.looseObject({ a: z.string() })))),
    }),
};

const text = fc.oneof(fc.constantFrom('a', 'b', 'x', ' aa ', 'A', '', '3'), fc.string());
const leaf = fc.oneof(
  text,
  fc.integer({ min: -1, max: 5 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'list', 'other'), tie('value')),
  ),
})).value;

// zod's own words depend on the locale that the process has set, and are shown to no one.
const words = (message: string): string =>
  /^(?:Invalid|Too (?:small|big))/.test(message) ? 'Invalid input' : message;

const outcome = (schema: zod.ZodMiniType, input: unknown) => {
  const result = schema.safeParse(input);
  return result.success
    ? { data: result.data }
    : {
        faults: new Set(
          result.error.issues.map(({ path, message }) => JSON.stringify([path, words(message)])),
        ),
      };
};

describe('the checks in place of zod', () => {
  it.each(Object.entries(schemas))('read as zod reads: %s', (_name, build) => {
    const theirs = build(zod);
    const ours = build(checks as unknown as Zod);
    fc.assert(
      fc.property(value, (input) => {
        expect(outcome(ours, input)).toEqual(outcome(theirs, input));
      }),
      { numRuns: 500 },
    );
  });

  it('keep the names of an object', () => {
    expect(Object.keys(checks.object({ a: checks.string() }).shape)).toEqual(['a']);
  });
});
