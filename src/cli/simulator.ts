import type { LogEntry, Simulator, SimulatorOptions } from '../simulator/index.ts';
import { aborted, type CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes, UsageError } from './errors.ts';
import { printableLine } from './output/printable.ts';

/** What a started simulator prints, line by line. The last line is a command to paste. */
export const formatStartup = (simulator: Simulator): string[] => {
  const { url, ikey, skey, caFile, phoneUrl, hostname, isLoopback } = simulator;
  const environment = [
    `DUO_HOSTNAME=${hostname}`,
    `DUO_IKEY=${ikey}`,
    `DUO_SKEY=${skey}`,
    `DUO_CA_FILE=${caFile}`,
  ].join(' ');
  const warning = isLoopback
    ? []
    : [
        'WARNING: other machines can reach this simulator. It is a test tool: do not leave it open.',
      ];
  return [
    `Duo simulator (not the Duo service) listens on ${url}`,
    ...warning,
    '',
    `  integration key  ${ikey}`,
    `  secret key       ${skey}`,
    `  CA file          ${caFile}`,
    `  phone            ${phoneUrl}`,
    '',
    'Try it from another terminal:',
    `  ${environment} xsoar-duo exec '!duo-preauth username=alice'`,
    '',
  ];
};

const dash = '–';
const methodWidth = 4;
const pathWidth = 22;
const userWidth = 12;
const signatureWidth = 9;

/** A request in one line: time, method, path, user, signature, status, outcome, duration. */
export const formatRequest = (entry: LogEntry): string => {
  const faults = entry.faults.length > 0 ? `  [${entry.faults.join(', ')}]` : '';
  return [
    entry.time.slice(11, 19),
    entry.method.padEnd(methodWidth),
    entry.path.padEnd(pathWidth),
    (entry.username ?? dash).padEnd(userWidth),
    (entry.signature ?? dash).padEnd(signatureWidth),
    String(entry.status || dash).padEnd(3),
    `${entry.outcome}  ${Math.round(entry.durationMs)} ms${faults}`,
  ].join('  ');
};

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
  const { defaultConfigText } = await import('../simulator/index.ts');
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
