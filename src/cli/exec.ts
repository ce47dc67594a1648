import { text } from 'node:stream/consumers';
import { isAllowed } from '../integration/entry.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes, UsageError } from './errors.ts';
import { type InstanceOptions, openInstance, writeOnce } from './instance.ts';
import { lineOfWords } from './line/parse-line.ts';
import type { PreparedLine } from './line/prepare-line.ts';
import { checkFields, type OutputFormat, printFields, printResult } from './output/print-result.ts';
import { createSession } from './session.ts';

/** How to run one line. */
export interface ExecOptions extends InstanceOptions {
  readonly output: OutputFormat;
  /** Print these paths of the context instead, such as `Duo.PreAuth.Response.Result`. */
  readonly field?: readonly string[] | undefined;
  /** End with exit code 3 unless Duo allows the user. */
  readonly requireAllow?: boolean | undefined;
}

const checkRequireAllow = ({ command }: PreparedLine): void => {
  if (command.decides !== true) {
    throw new UsageError(
      `--require-allow does not apply to ${command.name}: its result does not allow or deny a user.`,
      'It goes with duo-preauth, duo-authenticate and duo-authenticate-status.',
    );
  }
};

/**
 * Run one war-room line, in one word or in several, and print its result. For `-` the line is read
 * from the input: what is on the command line can be seen by every user of the machine.
 */
export const exec = async (
  words: readonly string[],
  options: ExecOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const isPiped = words.length === 1 && words[0] === '-';
  const line = isPiped ? await text(context.stdin) : lineOfWords(words);
  const note = writeOnce(context.stderr);
  const session = createSession(
    () => openInstance(options, context, note),
    context,
    { canAsk: context.stdin.isTTY === true && !isPiped, canRead: !isPiped },
    note,
  );
  const prepared = session.prepare(line);
  checkFields(options.field ?? [], prepared);
  if (options.requireAllow === true) {
    checkRequireAllow(prepared);
  }
  const result = await session.run(prepared, context.signal);
  if (options.field === undefined) {
    await printResult(options.output, result, context);
  } else {
    printFields(options.field, result, context);
  }
  return options.requireAllow === true && !isAllowed([result.entry])
    ? exitCodes.notAllowed
    : exitCodes.done;
};
