import { booleanSchema } from '../../integration/coerce.ts';
import { type Extension, parseExtensions } from '../context/extend-context.ts';
import { PathError } from '../context/path-error.ts';
import type { LineFault } from '../line/line-fault.ts';
import { hasNoEffectHere } from '../line/platform-arguments.ts';

/** What a line asks of the platform. */
export interface LineOptions {
  /** Show Duo's reply instead of the readable answer. */
  readonly rawResponse: boolean;
  /** Leave the command's own outputs out of the context. */
  readonly ignoreOutputs: boolean;
  /** What to take from the reply into the context besides. */
  readonly extensions: readonly Extension[];
  /** Names that were accepted and do nothing outside XSOAR. */
  readonly withoutEffect: readonly string[];
}

/** An option with its value looked up, and where it stands. */
export interface GivenOption {
  readonly name: string;
  readonly at: number;
  readonly value: unknown;
}

const readExtensions = (value: unknown): readonly Extension[] | string => {
  try {
    return parseExtensions(String(value));
  } catch (error) {
    if (error instanceof PathError) {
      return error.message;
    }
    throw error;
  }
};

const blank: LineOptions = {
  rawResponse: false,
  ignoreOutputs: false,
  extensions: [],
  withoutEffect: [],
};

const readOne = (options: LineOptions, { name, value }: GivenOption): LineOptions | string => {
  if (hasNoEffectHere(name)) {
    return { ...options, withoutEffect: [...options.withoutEffect, name] };
  }
  if (name === 'extend-context') {
    const extensions = readExtensions(value);
    return typeof extensions === 'string' ? extensions : { ...options, extensions };
  }
  const parsed = booleanSchema.safeParse(value);
  if (!parsed.success) {
    return 'must be true or false';
  }
  return name === 'raw-response'
    ? { ...options, rawResponse: parsed.data }
    : { ...options, ignoreOutputs: parsed.data };
};

/** Read the options of a line; every one that cannot be read is a fault. */
export const readOptions = (
  given: readonly GivenOption[],
): { readonly options: LineOptions; readonly faults: readonly LineFault[] } => {
  let options = blank;
  const faults: LineFault[] = [];
  for (const option of given) {
    const read = readOne(options, option);
    if (typeof read === 'string') {
      faults.push({ at: option.at, rule: `${option.name} ${read}` });
    } else {
      options = read;
    }
  }
  return { options, faults };
};
