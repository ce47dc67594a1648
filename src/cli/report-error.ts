import { DuoError } from '../duo/errors/duo-error.ts';
import { BadParameterError } from '../duo/errors/input-errors.ts';
import { MissingPackageError } from '../optional/load-optional-package.ts';
import type { TextOutput } from './cli-context.ts';
import { UsageError } from './usage-error.ts';

const whereParamsComeFrom =
  'They come from --params FILE.json or, without it, from DUO_HOSTNAME, DUO_IKEY, DUO_SKEY and so on.';

const linesOf = (error: unknown): string[] => {
  if (error instanceof BadParameterError) {
    return [error.message, whereParamsComeFrom];
  }
  if (error instanceof DuoError || error instanceof UsageError) {
    return [error.message, error.advice];
  }
  if (error instanceof MissingPackageError) {
    return [error.message];
  }
  return [`Something unexpected went wrong: ${error instanceof Error ? error.message : error}`];
};

/** Tell what went wrong and what to do about it, a line each. */
export const reportError = (error: unknown, stderr: TextOutput): void => {
  for (const line of linesOf(error).filter((text) => text !== '')) {
    stderr.write(`${line}\n`);
  }
};
