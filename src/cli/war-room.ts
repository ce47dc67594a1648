import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { CliContext } from './cli-context.ts';
import { loggingOptions } from './debug-logger.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-code.ts';
import { loadInstanceParams } from './instance-params.ts';
import { answerBuiltIn } from './prompt/built-ins.ts';
import { type Interruptible, interruptible } from './prompt/interruption.ts';
import { isInteractive, openPrompt } from './prompt/open-prompt.ts';
import { reportError } from './report-error.ts';
import { warn, warnOnce } from './say-once.ts';
import { createWarRoomSession } from './session/war-room-session.ts';

const intro = 'Type a command, such as !duo-check. Tab completes, help lists what there is.\n';

/** Lines answered one after the other, over one context. */
interface Conversation {
  /** Answer a line, or tell why it cannot be. Gives whether it asks to leave. */
  readonly answer: (line: string) => Promise<boolean>;
  /** How the first line failed that did. */
  readonly failure: () => ExitCode;
}

const createConversation = (
  integration: Integration,
  context: CliContext,
  whileInterruptible: Interruptible,
): Conversation => {
  const { stdout, stderr } = context;
  const session = createWarRoomSession(integration, context);
  let failure: ExitCode = exitCodes.done;

  const answerOrThrow = async (line: string): Promise<boolean> => {
    const builtIn = answerBuiltIn(line, session.context(), stdout.columns);
    if (builtIn === undefined) {
      await whileInterruptible((signal) => session.run(line, signal));
    } else if (builtIn !== 'exit') {
      stdout.write(`${builtIn.text}\n`);
    }
    return builtIn === 'exit';
  };

  return {
    failure: () => failure,
    answer: async (line) => {
      try {
        return line.trim() !== '' && (await answerOrThrow(line));
      } catch (error) {
        reportError(error, stderr);
        failure ||= exitCodeOf(error);
        return false;
      }
    },
  };
};

/**
 * Read lines and run them over one context, until the input ends or one says so. A line that fails is
 * told of, and the next one is read. At a terminal that is all; else the first failure decides the
 * exit code.
 */
export const converse = async (
  integration: Integration,
  context: CliContext,
): Promise<ExitCode> => {
  const isPrompting = isInteractive(context);
  const { prompt, lines, remember } = await openPrompt(context);
  const conversation = createConversation(integration, context, interruptible(prompt, context));
  const ask = () => isPrompting && prompt.prompt();
  let isLeaving = false;
  ask();
  for await (const line of lines) {
    await remember();
    isLeaving = await conversation.answer(line);
    if (isLeaving) {
      break;
    }
    ask();
  }
  prompt.close();
  if (isPrompting && !isLeaving) {
    // Ctrl-D leaves the cursor behind the prompt.
    context.stdout.write('\n');
  }
  if (context.signal.aborted) {
    return exitCodes.cancelled;
  }
  return isPrompting ? exitCodes.done : conversation.failure();
};

/** The war room: a prompt on a terminal, else one line after the other from the input. */
export const warRoom = async (
  options: { readonly params?: string | undefined; readonly debug?: boolean | undefined },
  context: CliContext,
): Promise<ExitCode> => {
  const integration = createIntegration(
    await loadInstanceParams(options.params, context.env),
    loggingOptions(options, context.stderr),
  );
  warn(integration.warnings, warnOnce(context.stderr));
  if (isInteractive(context)) {
    context.stdout.write(intro);
  }
  return converse(integration, context);
};
