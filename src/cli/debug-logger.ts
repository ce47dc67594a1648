import type { LogFields, Logger } from '../hosts/node/logger.ts';
import type { TextOutput } from './cli-context.ts';

/** Writes log lines as JSON, one object a line, so that they can be searched. */
export const createDebugLogger = (output: TextOutput): Logger => {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void output.write(`${JSON.stringify({ level, message, ...fields })}\n`);
  return { debug: write('debug'), warn: write('warn') };
};

/** What a command of this program hands to an instance: a log, when one is asked for. */
export const loggingOptions = (
  { debug }: { readonly debug?: boolean | undefined },
  output: TextOutput,
): { readonly logger?: Logger } => (debug === true ? { logger: createDebugLogger(output) } : {});
