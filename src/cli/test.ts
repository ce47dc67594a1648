import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes } from './errors.ts';
import { type InstanceOptions, openInstance } from './instance.ts';
import { whileWaiting } from './terminal/waiting.ts';

/** The Test button: prints `ok`, or throws what is wrong. */
export const test = async (options: InstanceOptions, context: CliContext): Promise<ExitCode> => {
  const { signal, stdout } = context;
  const instance = await openInstance(options, context);
  const verdict = await whileWaiting(context, 'Waiting for Duo…', () => instance.test({ signal }));
  instance.warn();
  stdout.write(`${verdict}\n`);
  return exitCodes.done;
};
