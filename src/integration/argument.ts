import * as z from 'zod/mini';
import type { Fault } from '../duo/errors/input-errors.ts';
import { isWellFormed } from '../duo/text.ts';
import { booleanSchema, isGiven, trimText, wholeNumberSchema } from './coerce.ts';

/** One argument of a command: what help, `integration.yml` and the parser know of it. */
export interface Argument<T, Input = unknown> {
  readonly description: string;
  /**
   * Reads a value that was given; its error messages name the rule and never the value.
   *
   * @internal
   */
  readonly schema: z.ZodMiniType<T>;
  readonly required: boolean;
  /** The value of an argument that is not given, as XSOAR writes it. */
  readonly defaultValue?: string;
  /** The values to choose from, where there is a choice. */
  readonly predefined?: readonly string[];
  /** Masked wherever it is shown. */
  readonly secret?: boolean;
  /** May be given without its name, as the first word after the command. */
  readonly positional?: boolean;
  /** Another spelling of the argument named here, accepted but not shown. */
  readonly aliasOf?: string;
  /**
   * What a typed caller passes. Never set: it exists for the compiler.
   *
   * @internal
   */
  readonly input?: Input;
}

/** An argument that must be given. */
export type RequiredArgument<T, Input> = Argument<T, Input> & { readonly required: true };

/** A command's arguments by name, in the order that help shows them. */
export type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** The values of a command's arguments, once read. */
export type ArgumentValues<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
};

type Input<A> = A extends Argument<unknown, infer I> ? I : never;

type RequiredName<A extends Arguments> = {
  [K in keyof A]: A[K] extends { readonly required: true } ? K : never;
}[keyof A];

type EachInput<A extends Arguments> = {
  readonly [K in RequiredName<A>]: Input<A[K]>;
} & { readonly [K in Exclude<keyof A, RequiredName<A>>]?: Input<A[K]> | undefined };

type Flatten<T> = { [K in keyof T]: T[K] };

type OneInput<A extends Arguments, OneOf extends keyof A> = {
  [Given in OneOf]: Flatten<
    { readonly [K in Given]: Input<A[K]> } & {
      readonly [K in Exclude<OneOf, Given>]?: undefined;
    } & Omit<EachInput<A>, OneOf>
  >;
}[OneOf];

/** What a typed caller passes: every required argument, and exactly one of `OneOf` if there are any. */
export type ArgumentsInput<A extends Arguments, OneOf extends keyof A = never> = [OneOf] extends [
  never,
]
  ? Flatten<EachInput<A>>
  : OneInput<A, OneOf>;

type Options = Pick<Argument<unknown>, 'secret' | 'positional' | 'aliasOf'>;

// Duo publishes no limits. No name, address or token of Duo's is near this long, and signing a megabyte
// takes XSOAR's engine seconds.
const longestText = 4096;

const textSchema = z.pipe(
  z.pipe(
    z.unknown(),
    // XSOAR passes numbers and checkboxes unquoted; a list or an object is a mistake.
    z.transform((value) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    ),
  ),
  z.string({ error: 'must be text' }).check(
    z.refine((text) => text.length <= longestText, {
      error: `must not be longer than ${longestText} characters`,
    }),
    z.refine(isWellFormed, { error: 'is not well-formed Unicode text' }),
  ),
);

/** Free text; `undefined` when it is not given. */
export const text = (
  description: string,
  options: Options = {},
): Argument<string | undefined, string> => ({
  description,
  schema: textSchema,
  required: false,
  ...options,
});

/** Free text that must be given. */
export const requiredText = (
  description: string,
  options: Options = {},
): RequiredArgument<string, string> => ({
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
): Argument<T, T> => ({
  description,
  schema: z.literal(predefined, { error: `must be one of ${predefined.join(', ')}` }),
  required: false,
  predefined,
  defaultValue,
});

/** Yes or no; no by default. */
export const flag = (description: string): Argument<boolean, boolean | 'true' | 'false'> => ({
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
): Argument<number, number | `${number}`>;
export function wholeNumber(
  description: string,
  limits: { least: number; most: number },
): Argument<number | undefined, number | `${number}`>;
// biome-ignore lint/plugin: an arrow has no overloads
export function wholeNumber(
  description: string,
  limits: { least: number; most: number; defaultValue?: number },
): Argument<number | undefined, number | `${number}`> {
  const { least, most, defaultValue } = limits;
  return {
    description,
    schema: wholeNumberSchema(least, most),
    required: false,
    ...(defaultValue !== undefined && { defaultValue: String(defaultValue) }),
  };
}

/** The rules that a value broke, each once, in words for a person. */
const rulesOf = (error: z.core.$ZodError): string =>
  [...new Set(error.issues.map(({ message }) => message))].join(', ');

/** The arguments that could be read, and every fault of the others. */
export interface ParsedArguments<A extends Arguments> {
  readonly values: Partial<ArgumentValues<A>>;
  readonly faults: readonly Fault[];
}

/**
 * Read the arguments of a command. Names that the table does not hold are left to the caller. Text is
 * trimmed, an empty value counts as not given, and all faults are reported at once.
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
  return { values: values as Partial<ArgumentValues<A>>, faults };
};

/** Faults unless exactly one of these arguments is given; two spellings of one are a fault of their own. */
export const checkExactlyOne = (
  table: Arguments,
  names: readonly string[],
  given: (name: string) => boolean,
): Fault[] => {
  const chosen = names.filter(given);
  const canonical = (name: string): string => table[name]?.aliasOf ?? name;
  const twice = chosen.find((name) => canonical(name) !== name && chosen.includes(canonical(name)));
  if (twice !== undefined) {
    return [{ name: twice, rule: `is another spelling of ${canonical(twice)}: give one of them` }];
  }
  const [first = ''] = names;
  const choices = names.filter((name) => canonical(name) === name);
  return chosen.length === 1 ? [] : [{ name: first, rule: `give either ${choices.join(' or ')}` }];
};
