import type { RawResponse } from '../duo/endpoints/response.ts';
import type { Fault } from '../duo/errors/input-errors.ts';
import { map, type Plan } from '../duo/plan.ts';
import {
  type Arguments,
  type ArgumentsInput,
  type ArgumentValues,
  checkExactlyOne,
  parseArguments,
} from './argument.ts';
import { isGiven } from './coerce.ts';
import type { CommandResult, Output } from './entry.ts';

/** Arguments as a caller gives them, before they are read. */
export type GivenArguments = Readonly<Record<string, unknown>>;

/**
 * Who asks again while a user has not answered: the server runs another command later, the host
 * follows the transaction itself, or neither does.
 */
export type PollingMode = 'scheduled' | 'followed' | 'unsupported';

/** What a command knows of the host that runs it. */
export interface CommandContext {
  readonly polling: PollingMode;
}

/** Arguments and Duo's responses to them, for tests and documentation. */
export interface Sample {
  readonly args?: GivenArguments;
  /** The `response` of each envelope in order; bytes stand for a picture. */
  readonly responses: readonly unknown[];
  /** `followed` by default. */
  readonly polling?: PollingMode;
}

/** A value that a terminal asks for, without showing it, when the line leaves it out. */
export interface TerminalPrompt<Name, Given> {
  readonly argument: Name;
  readonly label: string;
  readonly isNeeded: (given: Given) => boolean;
}

interface CommandDescription {
  /** One or two sentences for help and for XSOAR. */
  readonly description: string;
  readonly outputs: readonly Output[];
  /** It takes the argument `polling`; and what that does on a server that cannot run it again. */
  readonly polling?: { readonly withoutScheduler: 'followed' | 'unsupported' };
  /** It reaches out to a person or changes something, so XSOAR asks before it runs by hand. */
  readonly potentiallyHarmful?: boolean;
  /** It says whether Duo allows the user. */
  readonly decides?: boolean;
  /** It returns a file. XSOAR's engine gives no bytes, so such a command exists in Node alone. */
  readonly returnsFile?: boolean;
  /** Keys of Duo's response that are masked in the contents of the entry. */
  readonly secretKeys?: readonly string[];
  /** War-room lines for the documentation, in an order in which each finds the context it needs. */
  readonly examples: readonly string[];
  /**
   * One sample for each shape of answer that writes outputs of its own.
   *
   * @internal
   */
  readonly samples: readonly Sample[];
}

/** A command as its file defines it. `OneOf` names the arguments of which exactly one must be given. */
export interface CommandDefinition<Name extends string, A extends Arguments, OneOf extends keyof A>
  extends CommandDescription {
  readonly name: Name;
  readonly arguments: A;
  readonly exactlyOneOf?: readonly (OneOf & string)[];
  /** What a terminal shows while the command waits for a person; `undefined` when it does not wait. */
  readonly waitingText?: (values: Partial<ArgumentValues<A>>) => string | undefined;
  readonly prompt?: TerminalPrompt<keyof A & string, Partial<ArgumentValues<A>>>;
  /** Rules between arguments. `given` says whether an argument has a value. */
  readonly check?: (
    values: Partial<ArgumentValues<A>>,
    given: (name: keyof A) => boolean,
  ) => Fault[];
  readonly plan: (values: ArgumentValues<A>, context: CommandContext) => Plan<CommandResult>;
}

/** Start a command whose arguments are right. */
export type StartPlan = (context: CommandContext) => Plan<CommandResult>;

/** Any command of the table, once the types of its arguments no longer matter. */
export interface Command extends CommandDescription {
  readonly name: string;
  readonly arguments: Arguments;
  /** Names of arguments of which exactly one must be given; empty where there is no such rule. */
  readonly exactlyOneOf: readonly string[];
  /** @internal */
  readonly waitingText: (args: GivenArguments) => string | undefined;
  /** @internal */
  readonly prompt: TerminalPrompt<string, GivenArguments> | undefined;
  /**
   * Read the arguments: either a plan that may start, or all faults.
   *
   * @internal
   */
  readonly parse: (
    args: GivenArguments,
  ) => { readonly faults: readonly Fault[] } | { readonly start: StartPlan };
}

/** A command that remembers its name and what it takes, for typed callers. */
export interface TypedCommand<Name extends string, Input> extends Command {
  readonly name: Name;
  /** Never set: it exists for the compiler. */
  readonly input?: Input;
}

const mask = '********';

const maskSecrets = (contents: unknown, secretKeys: readonly string[]): unknown => {
  const response = (contents as RawResponse)['response'];
  if (typeof response !== 'object' || response === null) {
    return contents;
  }
  const masked: Record<string, unknown> = { ...response };
  for (const key of secretKeys.filter((name) => name in masked)) {
    masked[key] = mask;
  }
  return { ...(contents as RawResponse), response: masked };
};

/** Make a command of its definition. The types of its arguments end here; all commands fit one table. */
export const defineCommand = <
  const Name extends string,
  A extends Arguments,
  OneOf extends keyof A = never,
>(
  definition: CommandDefinition<Name, A, OneOf>,
): TypedCommand<Name, ArgumentsInput<A, OneOf>> => {
  const {
    arguments: table,
    exactlyOneOf = [],
    waitingText,
    prompt,
    check,
    plan,
    ...rest
  } = definition;
  const { secretKeys = [] } = rest;
  const valuesOf = (args: GivenArguments) => parseArguments(table, args).values;
  return {
    ...rest,
    arguments: table,
    exactlyOneOf,
    waitingText: (args) => waitingText?.(valuesOf(args)),
    prompt: prompt && { ...prompt, isNeeded: (args) => prompt.isNeeded(valuesOf(args)) },
    parse: (args) => {
      const given = (name: keyof A) => isGiven(args[name as string]);
      const { values, faults } = parseArguments(table, args);
      const all = [
        ...faults,
        ...(exactlyOneOf.length > 0 ? checkExactlyOne(table, exactlyOneOf, given) : []),
        ...(check?.(values, given) ?? []),
      ];
      if (all.length > 0) {
        return { faults: all };
      }
      return {
        start: (context) =>
          // Without a fault every argument has been read, so the values are complete.
          map(plan(values as ArgumentValues<A>, context), (result) => ({
            ...result,
            contents: maskSecrets(result.contents, secretKeys),
          })),
      };
    },
  };
};
