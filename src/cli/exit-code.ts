import { DuoError, type DuoErrorCode } from '../duo/errors/duo-error.ts';
import { MissingPackageError } from '../optional/load-optional-package.ts';
import { UsageError } from './usage-error.ts';

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
  /** Cancelled by Ctrl-C, as shells count it. */
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
