import type { Simulator, SimulatorOptions } from '../simulator/index.ts';
import { aborted, type CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes, UsageError } from './errors.ts';
import { printableLine } from './output/printable.ts';

/** How to start a simulator from the command line. */
export interface SimulatorCommandOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** A YAML file. */
  readonly config?: string | undefined;
  /** A file to record signed exchanges in. */
  readonly record?: string | undefined;
  /** A recording to respond from. */
  readonly replay?: string | undefined;
  /** Print where it listens as one JSON line, and nothing else. */
  readonly json?: boolean | undefined;
  /** Print the default configuration and end. */
  readonly printConfig?: boolean | undefined;
}

const couldNotListen = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'];

const toUsageError = (error: unknown): unknown => {
  if (!(error instanceof Error)) {
    return error;
  }
  if (error.name === 'SimulatorConfigError') {
    return new UsageError(error.message);
  }
  return 'code' in error && couldNotListen.includes(String(error.code))
    ? new UsageError(
        `The simulator cannot listen there: ${error.code}.`,
        'Choose another --port or --host.',
      )
    : error;
};

/** Start a simulator; what is in its way becomes a `UsageError`. */
export const openSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { startSimulator } = await import('../simulator/index.ts');
  return startSimulator(options).catch((error: unknown) => {
    throw toUsageError(error);
  });
};

const asJson = ({ url, hostname, ikey, skey, caFile, phoneUrl }: Simulator): string =>
  JSON.stringify({ url, hostname, ikey, skey, caFile, phoneUrl });

/** Run a simulator until it is asked to end, with a line for each request. */
export const simulator = async (
  options: SimulatorCommandOptions,
  { stdout, stderr, signal }: CliContext,
): Promise<ExitCode> => {
  const { port, host, config, record, replay, json = false, printConfig = false } = options;
  const { defaultConfigText, formatRequest, formatStartup } = await import('../simulator/index.ts');
  if (printConfig) {
    stdout.write(defaultConfigText);
    return exitCodes.done;
  }
  const running = await openSimulator({
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(config !== undefined && { config }),
    ...(record !== undefined && { record }),
    ...(replay !== undefined && { replay }),
    ...(!json && {
      onRequest: (entry) => stdout.write(`${printableLine(formatRequest(entry))}\n`),
    }),
    onReload: (error) =>
      stderr.write(error === undefined ? `${config} was read again.\n` : `${error.message}\n`),
  });
  stdout.write(json ? `${asJson(running)}\n` : `${formatStartup(running).join('\n')}\n`);
  await aborted(signal);
  await running.close();
  return exitCodes.done;
};
