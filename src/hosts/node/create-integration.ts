import type { GivenArguments } from '../../integration/command.ts';
import {
  type CommandInputs,
  type CommandName,
  dispatch,
} from '../../integration/commands/table.ts';
import { type CommandResult, type Entry, toEntry } from '../../integration/entry.ts';
import { loadParams } from '../../integration/params.ts';
import { testModule } from '../../integration/test-module.ts';
import { type CallOptions, createRunner } from './drive.ts';
import type { TransportOptions } from './transport.ts';

type CallParameters<Args> =
  Record<never, never> extends Args
    ? [args?: Args, options?: CallOptions]
    : [args: Args, options?: CallOptions];

/** The arguments of a command, from the command table; free for a name that is known only at run time. */
export type RunParameters<Name extends string> = Name extends CommandName
  ? CallParameters<CommandInputs[Name]>
  : CallParameters<GivenArguments>;

/** A command's name: those of the table are offered, and any text works. */
export type AnyCommandName = CommandName | (string & Record<never, never>);

/** An instance of the integration in Node. It may run many commands at once. */
export interface Integration {
  /**
   * What looks wrong about the parameters without being a fault, a sentence each. A clock that turns
   * out to be wrong is added when that is found.
   */
  readonly warnings: readonly string[];

  /**
   * Run a command. A `polling` command is followed to its end.
   *
   * @param command such as `duo-preauth`.
   * @param rest its arguments, as XSOAR would hand them over, then how to call. Numbers and booleans may be
   * plain or text.
   * @returns war-room entries. A deny is one of them.
   * @throws {@link DuoError}: unknown command, bad argument, network, a failure that Duo answers, an unreadable
   * response, or cancelled.
   */
  run<Name extends AnyCommandName>(command: Name, ...rest: RunParameters<Name>): Promise<Entry[]>;

  /**
   * Run a command as {@link Integration.run} does, and get its result as data, before it becomes
   * war-room entries: title, rows and next steps for a person, Duo's response, and the context.
   */
  result<Name extends AnyCommandName>(
    command: Name,
    ...rest: RunParameters<Name>
  ): Promise<CommandResult>;

  /**
   * The Test button: reaches Duo, compares the clocks, and checks the keys and the application's type.
   *
   * @throws {@link DuoError} whose message and advice say what is wrong and what to do.
   */
  test(options?: Pick<CallOptions, 'signal'>): Promise<'ok'>;

  /**
   * Close the connections that are kept for the next call. Calls under way go on, and so may later
   * ones; their connections close with them.
   */
  close(): void;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * The integration for Node, from an instance's parameters.
 *
 * @example
 * ```ts
 * const integration = createIntegration({ hostname, ikey, skey });
 * const [entry] = await integration.run('duo-preauth', { username: 'alice' });
 * ```
 *
 * @throws {@link BadParameterError} with every fault of the parameters at once.
 */
export const createIntegration = (
  params: Readonly<Record<string, unknown>>,
  options: TransportOptions = {},
): Integration => {
  const { run, warnings, close } = createRunner(loadParams(params), options);
  const execute = (...[command, args = {}, call]: [string, ...RunParameters<string>]) =>
    run(dispatch(command, args)({ polling: 'followed' }), call);
  return {
    warnings,
    result: async (command, ...rest) => execute(command, ...(rest as RunParameters<string>)),
    run: async (command, ...rest) => {
      const result = await execute(command, ...(rest as RunParameters<string>));
      return [toEntry(result, toBase64)];
    },
    test: (call = {}) => run(testModule(), call),
    close,
  };
};
