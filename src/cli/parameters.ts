import { readFile } from 'node:fs/promises';
import { isValues, type Values } from './context/values.ts';
import { type Environment, paramsFromEnvironment } from './environment.ts';
import { UsageError } from './errors.ts';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file, which holds the secret key.
    return undefined;
  }
};

const readParamsFile = async (path: string): Promise<Values> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The file ${path} cannot be read: ${error.code ?? 'unknown reason'}.`);
  });
  const params = parse(text);
  if (!isValues(params)) {
    throw new UsageError(
      `The file ${path} does not hold a JSON object.`,
      'It should look like {"hostname": "api-XXXXXXXX.duosecurity.com", "ikey": "...", "skey": "..."}.',
    );
  }
  return params;
};

/** Where an instance's parameters come from. */
export interface ParameterOptions {
  /** A JSON file with the parameters, named as in XSOAR. */
  readonly params?: string | undefined;
}

/**
 * The parameters from a file if one is named, else from the environment. The two are never mixed:
 * one account's host with another's keys would be a puzzle, and a leak.
 *
 * @throws {@link UsageError} when the file cannot be used.
 */
export const loadParameters = async (
  { params }: ParameterOptions,
  env: Environment,
): Promise<Values> => (params === undefined ? paramsFromEnvironment(env) : readParamsFile(params));
