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

// Clears the line that a terminal shows while it waits; that line comes back below.
const clearLine = '\r\u001B[K';

/** Say that a request is sent again, before the wait: half a minute without a word looks like a hang. */
const createRetryNotice = (output: TextOutput): Logger => ({
  debug: () => undefined,
  warn: (_message, { endpoint, reason, milliseconds } = {}) => {
    if (reason === undefined) {
      return;
    }
    const what =
      reason === '429' ? 'Duo asks for fewer requests (429)' : `Duo was not reached (${reason})`;
    const seconds = Math.ceil(Number(milliseconds) / 1000);
    const start = output.isTTY === true ? clearLine : '';
    output.write(`${start}${what}; /${endpoint} is sent again in ${seconds} s.\n`);
  },
});

/** What commands of this program that reach Duo take. */
export interface InstanceOptions extends ParameterOptions {
  /** Write a log to stderr. */
  readonly debug?: boolean | undefined;
}

/** How an instance of the integration is connected. */
export const connectionOptions = (
  { debug }: Pick<InstanceOptions, 'debug'>,
  stderr: TextOutput,
): TransportOptions => ({
  logger: debug === true ? createDebugLogger(stderr) : createRetryNotice(stderr),
});

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
