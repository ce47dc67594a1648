import { text } from 'node:stream/consumers';
import type { CliContext } from '../cli-context.ts';
import type { Values } from '../context/values.ts';
import { readHidden } from '../terminal/read-hidden.ts';
import { UsageError } from '../usage-error.ts';

/** Where a passcode can be read, besides from the line itself. */
export interface PasscodeSource {
  /** A person at a keyboard is there to ask. */
  readonly canAsk: boolean;
  /** The input is there to be read, and holds nothing else. */
  readonly canRead: boolean;
}

const stands = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const isMissing = (command: string, args: Values): boolean =>
  command === 'duo-authenticate' &&
  String(args['factor']).trim() === 'passcode' &&
  !stands(args['passcode']);

const firstLine = async ({ stdin }: Pick<CliContext, 'stdin'>): Promise<string> =>
  ((await text(stdin)).split(/\r?\n/)[0] ?? '').trim();

/**
 * Fill in a passcode that the line leaves open: `passcode=-`, or at a terminal none at all. It is
 * asked for without being shown, or read from the input, and so stands in no list of processes, in no
 * history of a shell, and not on the screen.
 *
 * @throws {@link UsageError} when there is no way to get it.
 */
export const askPasscode = async (
  { command, args }: { readonly command: string; readonly args: Values },
  context: Pick<CliContext, 'stdin' | 'stderr'>,
  { canAsk, canRead }: PasscodeSource,
): Promise<Values> => {
  const isDash = args['passcode'] === '-';
  if (!isDash && !(canAsk && isMissing(command, args))) {
    return args;
  }
  if (canAsk) {
    return { ...args, passcode: await readHidden(context.stdin, context.stderr, 'Passcode: ') };
  }
  if (!canRead) {
    throw new UsageError('passcode=- needs a terminal to ask at, or the input of exec.');
  }
  return { ...args, passcode: await firstLine(context) };
};
