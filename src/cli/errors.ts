import { DuoError, type DuoErrorCode } from '../duo/errors/duo-error.ts';
import { BadArgumentError, BadParameterError, type Fault } from '../duo/errors/input-errors.ts';
import { MissingPackageError } from '../optional/load-optional-package.ts';
import type { TextOutput } from './cli-context.ts';
import { printableLine, wrap } from './output/printable.ts';

/** The program was called in a way that cannot work. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';

  /** What to do instead: a sentence, or nothing. */
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.advice = advice;
  }
}

/** How the program ends. */
export const exitCodes = {
  /** Done; a deny is an answer too. */
  done: 0,
  /** Duo or the network failed. */
  failed: 1,
  /** Bad usage, arguments or parameters. */
  usage: 2,
  /** Not allowed, where that was required. */
  notAllowed: 3,
  /** Cancelled by Ctrl-C, as shells count it. Another signal has another code: 128 and its number. */
  cancelled: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byDuoCode: Record<DuoErrorCode, ExitCode> = {
  bad_parameter: exitCodes.usage,
  bad_argument: exitCodes.usage,
  unknown_command: exitCodes.usage,
  network: exitCodes.failed,
  duo_refused: exitCodes.failed,
  unreadable_reply: exitCodes.failed,
  cancelled: exitCodes.cancelled,
};

/** How the program ends after this error. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof DuoError) {
    return byDuoCode[error.code];
  }
  const isUsage = error instanceof UsageError || error instanceof MissingPackageError;
  return isUsage ? exitCodes.usage : exitCodes.failed;
};

const sourcesOfParameters =
  'They come from --params, --profile or --env-file, or else from DUO_HOSTNAME, DUO_IKEY, DUO_SKEY and so on: xsoar-duo config shows which.';

/** A rule either reads on after the name, or says what to give. */
const faultLine = ({ name, rule }: Fault): string => {
  const sentence = rule.startsWith('give ')
    ? `${printableLine(name)}: ${rule}`
    : `${printableLine(name)} ${rule}`;
  return sentence.endsWith('?') ? sentence : `${sentence}.`;
};

/** The message for an error that the program does not expect. */
export const unexpectedMessage = (error: unknown): string =>
  `Something unexpected went wrong: ${error instanceof Error ? error.message : error}`;

const linesOf = (error: unknown): string[] => {
  if (error instanceof BadParameterError) {
    return [...error.faults.map(faultLine), sourcesOfParameters];
  }
  if (error instanceof BadArgumentError) {
    return [...error.faults.map(faultLine), error.advice];
  }
  if (error instanceof DuoError || error instanceof UsageError) {
    return [error.message, error.advice];
  }
  if (error instanceof MissingPackageError) {
    return [error.message];
  }
  return [unexpectedMessage(error)];
};

/** Write what went wrong and what to do about it, a line each; wrapped at spaces on a terminal. */
export const reportError = (error: unknown, stderr: TextOutput): void => {
  for (const line of linesOf(error).filter((text) => text !== '')) {
    stderr.write(`${wrap(line, stderr)}\n`);
  }
};
