import { clearScreenDown, cursorTo } from 'node:readline';
import type { Integration } from '../hosts/node/create-integration.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodeOf, exitCodes, reportError } from './errors.ts';
import { type InstanceOptions, openInstance, writeOnce } from './instance.ts';
import { printResult } from './output/print-result.ts';
import { answerBuiltIn } from './prompt/built-ins.ts';
import { isInteractive, openPrompt, type Prompt } from './prompt/prompt.ts';
import { createSession, type Session } from './session.ts';

const intro = 'Type a command, such as !duo-check. Tab completes, help lists what there is.\n';

const clearScreen = ({ stdout }: CliContext): void => {
  if (stdout.isTTY === true) {
    cursorTo(stdout, 0, 0);
    clearScreenDown(stdout);
  }
};

/** Answer a line. Gives whether it asks to leave. */
const answer = async (
  line: string,
  session: Session,
  prompt: Prompt,
  context: CliContext,
): Promise<boolean> => {
  const builtIn = answerBuiltIn(line, session.context(), context.stdout.columns);
  if (builtIn === undefined) {
    await prompt.interruptible(async (signal) => {
      await printResult('text', await session.run(session.prepare(line), signal), context);
    });
  } else if (builtIn === 'clear') {
    clearScreen(context);
  } else if (builtIn !== 'exit') {
    context.stdout.write(`${builtIn.text}\n`);
  }
  return builtIn === 'exit';
};

/**
 * Read lines and run them over one context, until the input ends or a line asks to leave. A line that
 * fails is reported, and the next one is read. Outside a terminal the first failure decides the exit
 * code.
 */
export const converse = async (
  integration: Integration,
  context: CliContext,
): Promise<ExitCode> => {
  const { stdout, stderr, signal } = context;
  const isPrompting = isInteractive(context);
  const session = createSession(
    async () => integration,
    context,
    { canAsk: isPrompting, canRead: false },
    writeOnce(stderr),
  );
  const prompt = await openPrompt(context, session.context);
  let failure: ExitCode = exitCodes.done;
  let isLeaving = false;
  prompt.ask();
  for await (const line of prompt.lines) {
    try {
      isLeaving = line.trim() !== '' && (await answer(line, session, prompt, context));
    } catch (error) {
      reportError(error, stderr);
      failure ||= exitCodeOf(error);
    }
    if (isLeaving) {
      break;
    }
    prompt.ask();
  }
  prompt.close();
  if (isPrompting && !isLeaving) {
    // Ctrl-D leaves the cursor behind the prompt.
    stdout.write('\n');
  }
  if (signal.aborted) {
    return exitCodes.cancelled;
  }
  return isPrompting ? exitCodes.done : failure;
};

/** The war room: a prompt on a terminal, else one line after the other from the input. */
export const warRoom = async (options: InstanceOptions, context: CliContext): Promise<ExitCode> => {
  const integration = await openInstance(options, context);
  if (isInteractive(context)) {
    context.stdout.write(intro);
  }
  return converse(integration, context);
};
