import { createIntegration } from '../hosts/node/create-integration.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { sayOnce, warn } from './say-once.ts';
import { whileWaiting } from './terminal/while-waiting.ts';

/** The Test button: prints `ok`, or throws what is wrong. */
export const test = async (
  { params }: { readonly params?: string | undefined },
  context: CliContext,
): Promise<ExitCode> => {
  const integration = createIntegration(await loadInstanceParams(params, context.env));
  warn(integration.warnings, sayOnce(context.stderr));
  const { signal } = context;
  const verdict = await whileWaiting(context, 'Asking Duo…', () => integration.test({ signal }));
  context.stdout.write(`${verdict}\n`);
  return exitCodes.done;
};
