import { CommanderError } from 'commander';
import type { CliContext } from './cli-context.ts';
import { addCompletion, announceCompletion, completionWords } from './completion.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-code.ts';
import { createProgram } from './program.ts';
import { reportError } from './report-error.ts';

/** Run the program with these arguments and give its exit code. It never throws. */
export const runProgram = async (
  args: readonly string[],
  context: CliContext,
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done;
  const program = createProgram({
    context,
    finish: (ended) => {
      code = ended;
    },
  });
  try {
    if (completionWords.includes(args[0] ?? '')) {
      await addCompletion(program);
    } else {
      announceCompletion(program);
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said so itself: help and version end well, all else is bad usage.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    reportError(error, context.stderr);
    return exitCodeOf(error);
  }
};
