import type { Fault } from '../duo/errors/input-errors.ts';
import type { Plan } from '../duo/plan.ts';
import type { Arguments, Values } from './argument.ts';
import type { CommandResult } from './result.ts';

/** One value that a command writes to the context. */
export interface Output {
  /** The path, as playbooks read it. */
  readonly contextPath: string;
  readonly type: 'String' | 'Number' | 'Boolean' | 'Date' | 'Unknown';
  readonly description: string;
}

/**
 * Who asks again while a user has not answered: the platform runs another command later, the host
 * follows the transaction itself, or nobody does.
 */
export type PollingStyle = 'scheduled' | 'followed' | 'unsupported';

/** What a command is told about the host that runs it. */
export interface CommandContext {
  readonly polling: PollingStyle;
}

/** A command as its file writes it down. */
export interface CommandDefinition<A extends Arguments> {
  readonly name: string;
  /** One or two sentences for help and for XSOAR. */
  readonly description: string;
  readonly arguments: A;
  readonly outputs: readonly Output[];
  /** It can ask the platform to run a command again later. */
  readonly polling?: boolean;
  /** It reaches out to a person or changes something, so XSOAR asks before it runs by hand. */
  readonly potentiallyHarmful?: boolean;
  /** Rules between arguments. `given` tells whether an argument came with a value. */
  readonly check?: (values: Partial<Values<A>>, given: (name: keyof A) => boolean) => Fault[];
  readonly plan: (values: Values<A>, context: CommandContext) => Plan<CommandResult>;
}

/** Any command, once the types of its arguments no longer matter. */
export interface Command extends Omit<CommandDefinition<Arguments>, 'check' | 'plan'> {
  /** Read the arguments: either a plan that may start, or all faults. */
  readonly parse: (
    args: Readonly<Record<string, unknown>>,
  ) => { readonly faults: readonly Fault[] } | { readonly start: StartPlan };
}

/** Start a command whose arguments are right. */
export type StartPlan = (context: CommandContext) => Plan<CommandResult>;
