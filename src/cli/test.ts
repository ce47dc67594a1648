import { createIntegration } from '../hosts/node/create-integration.ts';
import type { CliContext } from './cli-context.ts';
import { loggingOptions } from './debug-logger.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { warn, warnOnce } from './say-once.ts';
import { whileWaiting } from './terminal/while-waiting.ts';

/** The Test button: prints `ok`, or throws what is wrong. */
export const test = async (
  options: { readonly params?: string | undefined; readonly debug?: boolean | undefined },
  context: CliContext,
): Promise<ExitCode> => {
  const integration = createIntegration(
    await loadInstanceParams(options.params, context.env),
    loggingOptions(options, context.stderr),
  );
  const say = warnOnce(context.stderr);
  warn(integration.warnings, say);
  const { signal } = context;
  const verdict = await whileWaiting(context, 'Asking Duo…', () => integration.test({ signal }));
  warn(integration.warnings, say);
  context.stdout.write(`${verdict}\n`);
  return exitCodes.done;
};
