import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { LogFields, Logger } from '../hosts/node/logger.ts';
import type { TransportOptions } from '../hosts/node/transport.ts';
import type { CliContext, TextOutput } from './cli-context.ts';
import { type ExitCode, exitCodes } from './errors.ts';
import { loadParameters, type ParameterOptions } from './parameters.ts';
import { whileWaiting } from './terminal.ts';

/** Write log lines as JSON, one object a line, so that they can be searched. */
export const createDebugLogger = (output: TextOutput): Logger => {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void output.write(`${JSON.stringify({ level, message, ...fields })}\n`);
  return { debug: write('debug'), warn: write('warn') };
};

/** What commands of this program that reach Duo take. */
export interface InstanceOptions extends ParameterOptions {
  /** Write a log to stderr. */
  readonly debug?: boolean | undefined;
}

/** How an instance of the integration is connected. */
export const connectionOptions = (
  { debug }: Pick<InstanceOptions, 'debug'>,
  stderr: TextOutput,
): TransportOptions => (debug === true ? { logger: createDebugLogger(stderr) } : {});

/** Write a sentence, unless it was written before. */
export type WriteOnce = (text: string) => void;

/** Write each different text to an output once, a line each. */
export const writeOnce = (output: TextOutput): WriteOnce => {
  const written = new Set<string>();
  return (text) => {
    if (!written.has(text)) {
      written.add(text);
      output.write(`${text}\n`);
    }
  };
};

/** Write, once each, what looks wrong about an instance's parameters or the clock. */
export const noteWarnings = ({ warnings }: Integration, note: WriteOnce): void => {
  for (const warning of warnings) {
    note(`Warning: ${warning}`);
  }
};

/** The instance that the options of a command or the environment describe. */
export const openInstance = async (
  options: InstanceOptions,
  { env, stderr }: Pick<CliContext, 'env' | 'stderr'>,
  note: WriteOnce = writeOnce(stderr),
): Promise<Integration> => {
  const params = await loadParameters(options, env);
  const integration = createIntegration(params, connectionOptions(options, stderr));
  noteWarnings(integration, note);
  return integration;
};

/** The Test button: prints `ok`, or throws what is wrong. */
export const testInstance = async (
  options: InstanceOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const { signal, stdout, stderr } = context;
  const note = writeOnce(stderr);
  const integration = await openInstance(options, context, note);
  const verdict = await whileWaiting(context, 'Waiting for Duo…', () =>
    integration.test({ signal }),
  );
  noteWarnings(integration, note);
  stdout.write(`${verdict}\n`);
  return exitCodes.done;
};
