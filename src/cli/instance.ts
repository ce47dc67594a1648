import { type CallOptions } from '../hosts/node/drive.ts';
import type { LogFields, Logger } from '../hosts/node/logger.ts';
import { createRunner } from '../hosts/node/runner.ts';
import type { TransportOptions } from '../hosts/node/transport.ts';
import type { Command, CommandResult } from '../integration/command.ts';
import { startCommand } from '../integration/dispatch.ts';
import { loadParams } from '../integration/params.ts';
import { testModule } from '../integration/test-module.ts';
import type { CliContext, TextOutput } from './cli-context.ts';
import type { Values } from './context/values.ts';
import { loadParameters, type ParameterOptions } from './parameters.ts';

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

/** An instance of the integration whose results a person reads. */
export interface Instance {
  /** Write, once each, what looks wrong about the parameters or the clock. */
  readonly warn: () => void;
  /** Run a command of the table; a `polling` command is followed to its end. */
  readonly run: (command: Command, args: Values, call: CallOptions) => Promise<CommandResult>;
  /** The Test button. */
  readonly test: (call: CallOptions) => Promise<'ok'>;
}

/** An instance from parameters, whose warnings go to stderr. Throws a `BadParameterError`. */
export const createInstance = (
  params: Values,
  options: TransportOptions,
  note: WriteOnce,
): Instance => {
  const runner = createRunner(loadParams(params), options);
  const warn = () => {
    for (const warning of runner.warnings) {
      note(`Warning: ${warning}`);
    }
  };
  warn();
  return {
    warn,
    run: (command, args, call) =>
      runner.run(startCommand(command, args)({ polling: 'followed' }), call),
    test: (call) => runner.run(testModule(), call),
  };
};

/** The instance that the options of a command or the environment describe. */
export const openInstance = async (
  options: InstanceOptions,
  { env, stderr }: Pick<CliContext, 'env' | 'stderr'>,
  note: WriteOnce = writeOnce(stderr),
): Promise<Instance> =>
  createInstance(await loadParameters(options, env), connectionOptions(options, stderr), note);
