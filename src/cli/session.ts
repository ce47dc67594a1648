import { text } from 'node:stream/consumers';
import type { Integration } from '../hosts/node/create-integration.ts';
import { type Entry, toEntry } from '../integration/entry.ts';
import type { Readable } from '../integration/readable.ts';
import type { CliContext } from './cli-context.ts';
import { updateContext } from './context/context.ts';
import type { Values } from './context/values.ts';
import { UsageError } from './errors.ts';
import { noteWarnings, type WriteOnce } from './instance.ts';
import { type PreparedLine, prepareLine } from './line/prepare-line.ts';
import { readHidden, whileWaiting } from './terminal.ts';

/** Where a value that the line leaves out can come from. */
export interface PromptSource {
  /** A person is at the keyboard. */
  readonly canAsk: boolean;
  /** The input holds nothing but the value. */
  readonly canRead: boolean;
}

/** What a line came to. */
export interface LineResult {
  readonly readable: Readable;
  readonly entry: Entry;
  /** The context after the line. */
  readonly context: Values;
  /** The line asks for Duo's response instead of the readable answer. */
  readonly rawResponse: boolean;
}

/** Lines that run one after the other over a context that grows. */
export interface Session {
  readonly context: () => Values;
  /** Read a line over the context. Throws a `LineError` or an `UnknownCommandError`. */
  readonly prepare: (line: string) => PreparedLine;
  /** Run a line. Rejects with a `DuoError` or a {@link UsageError}. */
  readonly run: (line: PreparedLine, signal: AbortSignal) => Promise<LineResult>;
}

const firstLine = async ({ stdin }: Pick<CliContext, 'stdin'>): Promise<string> =>
  ((await text(stdin)).split(/\r?\n/)[0] ?? '').trim();

/**
 * Fill in the secret that a line leaves out: a dash in its place, or at a terminal nothing at all. It
 * is asked for without being shown, or read from the input, so that it is in no list of processes, in
 * no history of a shell and not on the screen.
 *
 * @throws {@link UsageError} when there is no way to get it.
 */
export const fillIn = async (
  { command, args }: Pick<PreparedLine, 'command' | 'args'>,
  context: Pick<CliContext, 'stdin' | 'stderr'>,
  { canAsk, canRead }: PromptSource,
): Promise<Values> => {
  const { prompt } = command;
  if (prompt === undefined) {
    return args;
  }
  const { argument, label } = prompt;
  const isDash = args[argument] === '-';
  if (!isDash && !(canAsk && prompt.isNeeded(args))) {
    return args;
  }
  if (canAsk) {
    return { ...args, [argument]: await readHidden(context.stdin, context.stderr, label) };
  }
  if (!canRead) {
    throw new UsageError(`${argument}=- needs a terminal to ask at, or the input of exec.`);
  }
  return { ...args, [argument]: await firstLine(context) };
};

const defaultWaitingText = 'Waiting for Duo…';

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A session with an empty context. The instance is opened for each line that is run. */
export const createSession = (
  openInstance: () => Promise<Integration>,
  cli: CliContext,
  source: PromptSource,
  note: WriteOnce,
): Session => {
  let context: Values = {};
  return {
    context: () => context,
    prepare: (line) => prepareLine(line, context),
    run: async (prepared, signal) => {
      const { command, options } = prepared;
      const integration = await openInstance();
      for (const name of options.withoutEffect) {
        note(`${name} has no effect outside XSOAR.`);
      }
      const args = await fillIn(prepared, cli, source);
      const waitingText = command.waitingText(args) ?? defaultWaitingText;
      const result = await whileWaiting(cli, waitingText, (onProgress) =>
        integration.result(command.name, args, { signal, onProgress }),
      );
      noteWarnings(integration, note);
      const entry = toEntry(result, toBase64);
      context = updateContext(context, entry, options);
      return { readable: result.readable, entry, context, rawResponse: options.rawResponse };
    },
  };
};
