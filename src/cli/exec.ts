import { text } from 'node:stream/consumers';
import { createIntegration } from '../hosts/node/create-integration.ts';
import { isAllowed } from '../integration/entry.ts';
import type { CliContext } from './cli-context.ts';
import { loggingOptions } from './debug-logger.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { type OutputFormat, printResult } from './output/print-result.ts';
import { warn, warnOnce } from './say-once.ts';
import { askPasscode } from './session/ask-passcode.ts';
import { noteWithoutEffect } from './session/note-without-effect.ts';
import { prepareLine } from './session/prepare-line.ts';
import { updateContext } from './session/update-context.ts';
import { waitingText } from './terminal/waiting-text.ts';
import { whileWaiting } from './terminal/while-waiting.ts';

/** How to run one line. */
export interface ExecOptions {
  readonly params?: string | undefined;
  readonly output: OutputFormat;
  /** End with an exit code of its own unless Duo let the user in. */
  readonly requireAllow?: boolean | undefined;
  /** Write a log to stderr. */
  readonly debug?: boolean | undefined;
}

/**
 * Run one war-room line and print what came of it. For `-` the line is read from the input: what
 * stands on the command line can be seen by everybody on the machine, a passcode too.
 */
export const exec = async (
  line: string,
  options: ExecOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const isPiped = line === '-';
  const prepared = prepareLine(isPiped ? await text(context.stdin) : line, {});
  const integration = createIntegration(
    await loadInstanceParams(options.params, context.env),
    loggingOptions(options, context.stderr),
  );
  const say = warnOnce(context.stderr);
  noteWithoutEffect(prepared.options, say);
  warn(integration.warnings, say);
  const { command } = prepared;
  const args = await askPasscode(prepared, context, {
    canAsk: context.stdin.isTTY === true && !isPiped,
    canRead: !isPiped,
  });
  const entries = await whileWaiting(context, waitingText(command, args), (onProgress) =>
    integration.run(command, args, { signal: context.signal, onProgress }),
  );
  warn(integration.warnings, say);
  const result = { entries, context: updateContext({}, entries, prepared.options) };
  await printResult(prepared.options.rawResponse ? 'raw' : options.output, result, context);
  return options.requireAllow === true && !isAllowed(entries)
    ? exitCodes.notAllowed
    : exitCodes.done;
};
