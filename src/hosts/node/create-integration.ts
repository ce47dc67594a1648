import { dispatch } from '../../integration/dispatch.ts';
import { type Entry, toEntry } from '../../integration/entry.ts';
import { loadParams } from '../../integration/params.ts';
import { testModule } from '../../integration/test-module.ts';
import { type CallOptions, createRunner } from './drive.ts';
import type { TransportOptions } from './transport.ts';

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
   * @param args as XSOAR would hand them over; numbers and booleans may be plain or text.
   * @returns war-room entries. A deny is one of them.
   * @throws {@link DuoError}: unknown command, bad argument, network, a refusal of Duo, an unreadable
   * response, or cancelled.
   */
  run(
    command: string,
    args?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Entry[]>;

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
  return {
    warnings,
    run: async (command, args = {}, call = {}) => {
      const start = dispatch(command, args);
      return [toEntry(await run(start({ polling: 'followed' }), call))];
    },
    test: (call = {}) => run(testModule(), call),
    close,
  };
};
