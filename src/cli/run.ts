import { setMaxListeners } from 'node:events';
import { DuoError } from '../duo/errors/duo-error.ts';
import type { CliContext } from './cli-context.ts';
import { loggingOptions } from './debug-logger.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { forEachAtOnce } from './run/for-each-at-once.ts';
import { type InputLine, inputLines } from './run/input-lines.ts';
import { createIntegrationPool } from './run/integration-pool.ts';
import { type RunRequest, readRequest } from './run/read-request.ts';
import { createJsonLines } from './run/write-line.ts';
import { warnOnce } from './say-once.ts';

/** How to answer lines. */
export interface RunOptions {
  readonly params?: string | undefined;
  /** How many lines may be under way at once. */
  readonly concurrency: number;
  /** Write a log to stderr. */
  readonly debug?: boolean | undefined;
}

const errorOf = (error: unknown) => {
  if (error instanceof DuoError) {
    return error.toJSON();
  }
  throw error;
};

/**
 * Answer JSON lines until the input ends: each with its entries or its error, in the order in which
 * they are done.
 */
export const run = async (options: RunOptions, context: CliContext): Promise<ExitCode> => {
  const { stdin, stdout, stderr, env, signal } = context;
  // Every line under way listens to the same signal.
  setMaxListeners(options.concurrency + 10, signal);
  const defaultParams = await loadInstanceParams(options.params, env);
  const integrationFor = createIntegrationPool(warnOnce(stderr), loggingOptions(options, stderr));
  const write = createJsonLines(stdout);

  const answer = async ({ id, command, args, params = defaultParams }: RunRequest) => {
    try {
      return { id, entries: await integrationFor(params).run(command, args, { signal }) };
    } catch (error) {
      return { id, error: errorOf(error) };
    }
  };

  const answerLine = async ({ text, number }: InputLine): Promise<void> => {
    const read = readRequest(text, number);
    const reply =
      'request' in read ? await answer(read.request) : { id: read.id, error: read.error.toJSON() };
    await write(reply);
  };

  await forEachAtOnce(inputLines(stdin, signal), options.concurrency, answerLine);
  return signal.aborted ? exitCodes.cancelled : exitCodes.done;
};
