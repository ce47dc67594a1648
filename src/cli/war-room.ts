import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { answerBuiltIn } from './prompt/built-ins.ts';
import { createHistory, historyFile } from './prompt/history.ts';
import { interruptible } from './prompt/interruption.ts';
import { isInteractive, openPrompt } from './prompt/open-prompt.ts';
import { reportError } from './report-error.ts';
import { sayOnce } from './say-once.ts';
import { createWarRoomSession, type WarRoomSession } from './session/war-room-session.ts';

const intro = 'Type a command, such as !duo-check. Tab completes, help lists what there is.\n';

/** Run one line, for the prompt itself or for Duo. Gives whether to leave. */
const answer = async (
  line: string,
  session: WarRoomSession,
  { stdout }: CliContext,
  signal: AbortSignal,
): Promise<boolean> => {
  const builtIn = answerBuiltIn(line, session.context(), stdout.columns);
  if (builtIn === 'exit') {
    return true;
  }
  if (builtIn === undefined) {
    await session.run(line, signal);
  } else {
    stdout.write(`${builtIn.text}\n`);
  }
  return false;
};

/**
 * Read lines and run them over one context, until the input ends. A line that fails is told of, and
 * the next one is read.
 */
export const converse = async (
  integration: Integration,
  context: CliContext,
): Promise<ExitCode> => {
  const isPrompting = isInteractive(context);
  const history = createHistory(isPrompting ? historyFile(context.env) : undefined);
  const lines = await history.load();
  const prompt = openPrompt(context, lines);
  prompt.on('history', (latest: string[]) => lines.splice(0, lines.length, ...latest));
  const whileInterruptible = interruptible(prompt, context);
  const session = createWarRoomSession(integration, context);
  const say = sayOnce(context.stderr);
  let firstFailure: ExitCode = exitCodes.done;

  const answerLine = async (line: string): Promise<boolean> => {
    let isLeaving = false;
    try {
      await whileInterruptible(async (signal) => {
        isLeaving = await answer(line, session, context, signal);
      });
    } catch (error) {
      reportError(error, context.stderr);
      firstFailure ||= exitCodeOf(error);
    }
    return isLeaving;
  };

  if (isPrompting) {
    prompt.prompt();
  }
  for await (const line of prompt) {
    await history.save(lines).catch(() => say('The history cannot be kept.'));
    if (line.trim() !== '' && (await answerLine(line))) {
      break;
    }
    if (isPrompting) {
      prompt.prompt();
    }
  }
  prompt.close();
  if (context.signal.aborted) {
    return exitCodes.cancelled;
  }
  return isPrompting ? exitCodes.done : firstFailure;
};

/** The war room: a prompt on a terminal, else one line after the other from the input. */
export const warRoom = async (
  { params }: { readonly params?: string | undefined },
  context: CliContext,
): Promise<ExitCode> => {
  const integration = createIntegration(await loadInstanceParams(params, context.env));
  integration.warnings.forEach(sayOnce(context.stderr));
  if (isInteractive(context)) {
    context.stdout.write(intro);
  }
  return converse(integration, context);
};
