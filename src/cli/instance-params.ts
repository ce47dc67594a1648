import { readFile } from 'node:fs/promises';
import { type Environment, paramsFromEnvironment } from './environment.ts';
import { UsageError } from './usage-error.ts';

/** An instance's parameters, as XSOAR would hand them over. */
export type InstanceParams = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is InstanceParams =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file, which holds the secret key.
    return undefined;
  }
};

const readParamsFile = async (path: string): Promise<InstanceParams> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The file ${path} cannot be read: ${error.code ?? 'unknown reason'}.`);
  });
  const params = parse(text);
  if (!isObject(params)) {
    throw new UsageError(
      `The file ${path} does not hold a JSON object.`,
      'It should look like {"hostname": "api-XXXXXXXX.duosecurity.com", "ikey": "...", "skey": "..."}.',
    );
  }
  return params;
};

/**
 * The parameters from a file if one is named, else from the environment. The two are never mixed:
 * one account's host with another's keys would be a puzzle, and a leak.
 *
 * @throws {@link UsageError} when the file cannot be used.
 */
export const loadInstanceParams = async (
  file: string | undefined,
  env: Environment,
): Promise<InstanceParams> =>
  file === undefined ? paramsFromEnvironment(env) : readParamsFile(file);
