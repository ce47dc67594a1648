import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes } from './errors.ts';
import { type InstanceOptions, noteWarnings, openInstance, writeOnce } from './instance.ts';
import { whileWaiting } from './terminal/waiting.ts';

/** The Test button: prints `ok`, or throws what is wrong. */
export const test = async (options: InstanceOptions, context: CliContext): Promise<ExitCode> => {
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
