import * as z from 'zod/mini';
import type { Fault } from '../duo/errors/input-errors.ts';
import { isWellFormed } from '../duo/text.ts';
import { booleanSchema, isGiven, trimText, wholeNumberSchema } from './coerce.ts';
import { rulesOf } from './rules-of.ts';

/** One argument of a command: what help, `integration.yml` and the parser know of it. */
export interface Argument<T> {
  readonly description: string;
  /** Reads a value that was given; its error messages name the rule and never the value. */
  readonly schema: z.ZodMiniType<T>;
  readonly required: boolean;
  /** What stands in for a missing value, as XSOAR writes it. */
  readonly defaultValue?: string;
  /** The values to choose from, where there is a choice. */
  readonly predefined?: readonly string[];
  /** Masked wherever it is shown. */
  readonly secret?: boolean;
  /** May be given without its name, as the first word after the command. */
  readonly positional?: boolean;
  /** Another spelling of the argument named here. */
  readonly aliasOf?: string;
}

/** A command's arguments by name, in the order that help shows them. */
export type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** The values of a command's arguments, once read. */
export type Values<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
};

type Options = Pick<Argument<unknown>, 'secret' | 'positional' | 'aliasOf'>;

const textSchema = z.pipe(
  z.pipe(
    z.unknown(),
    // A number or a box of XSOAR's arrives unquoted; a list or an object is a mistake.
    z.transform((value) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    ),
  ),
  z
    .string({ error: 'must be text' })
    .check(z.refine(isWellFormed, { error: 'is not well-formed Unicode text' })),
);

/** Free text; `undefined` when it is not given. */
export const text = (description: string, options: Options = {}): Argument<string | undefined> => ({
  description,
  schema: textSchema,
  required: false,
  ...options,
});

/** Free text that must be given. */
export const requiredText = (description: string, options: Options = {}): Argument<string> => ({
  description,
  schema: textSchema,
  required: true,
  ...options,
});

/** One of a few words. */
export const choice = <const T extends string>(
  description: string,
  predefined: readonly T[],
  defaultValue: NoInfer<T>,
): Argument<T> => ({
  description,
  schema: z.enum(predefined, { error: `must be one of ${predefined.join(', ')}` }),
  required: false,
  predefined,
  defaultValue,
});

/** Yes or no; no by default. */
export const flag = (description: string): Argument<boolean> => ({
  description,
  schema: booleanSchema,
  required: false,
  predefined: ['true', 'false'],
  defaultValue: 'false',
});

/** A whole number within limits; `undefined` when it is neither given nor has a default. */
export function wholeNumber(
  description: string,
  limits: { least: number; most: number; defaultValue: number },
): Argument<number>;
export function wholeNumber(
  description: string,
  limits: { least: number; most: number },
): Argument<number | undefined>;
export function wholeNumber(
  description: string,
  limits: { least: number; most: number; defaultValue?: number },
): Argument<number | undefined> {
  const { least, most, defaultValue } = limits;
  return {
    description,
    schema: wholeNumberSchema(least, most),
    required: false,
    ...(defaultValue !== undefined && { defaultValue: String(defaultValue) }),
  };
}

/** What parsing found: values for what could be read, and every fault. */
export interface ParsedArguments<A extends Arguments> {
  readonly values: Partial<Values<A>>;
  readonly faults: readonly Fault[];
}

/**
 * Read the arguments that a command knows; others are the caller's to judge. Text is trimmed, an
 * empty value counts as not given, and all faults are found at once.
 */
export const parseArguments = <A extends Arguments>(
  table: A,
  given: Readonly<Record<string, unknown>>,
): ParsedArguments<A> => {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, argument] of Object.entries(table)) {
    const value = isGiven(given[name]) ? trimText(given[name]) : argument.defaultValue;
    if (value === undefined) {
      if (argument.required) {
        faults.push({ name, rule: 'is missing' });
      }
      continue;
    }
    const parsed = argument.schema.safeParse(value);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      faults.push({ name, rule: rulesOf(parsed.error) });
    }
  }
  return { values: values as Partial<Values<A>>, faults };
};
