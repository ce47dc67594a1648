import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type * as z from 'zod';
import type { ResolvedConfig, SimulatorConfig } from '../core/configuration.ts';
import { defaultConfigText } from './default-config.ts';
import { camelCaseKeys, snakeCaseKeys } from './key-case.ts';
import { completeConfigSchema, configSchema } from './schema.ts';

/** What is wrong with a configuration. */
export interface ConfigProblems extends ErrorOptions {
  readonly problems: readonly string[];
}

/** The configuration cannot be used. `problems` has one line for each fault. */
export class SimulatorConfigError extends Error {
  override readonly name = 'SimulatorConfigError';
  /** One line for each fault, without the values. */
  readonly problems: readonly string[];

  /** @internal */
  constructor(source: string, { problems, ...options }: ConfigProblems) {
    super(`${source} is not a valid simulator configuration:\n  ${problems.join('\n  ')}`, options);
    this.problems = problems;
  }
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

const problemText = ({ path, message }: z.core.$ZodIssue): string =>
  `${pathText(path) || 'top level'}: ${message}`;

/** @throws SimulatorConfigError with every fault found. */
export const validate = <T>(schema: z.ZodType<T>, input: unknown, source: string): T => {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  throw new SimulatorConfigError(source, { problems: parsed.error.issues.map(problemText) });
};

const parseYaml = async (text: string, source: string): Promise<unknown> => {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length === 0) {
    return document.toJS();
  }
  // The parser's own message quotes the lines around the fault, which may hold a secret key.
  const problems = document.errors.map(
    ({ code, linePos }) => `line ${linePos?.[0].line ?? '?'}: not YAML (${code})`,
  );
  throw new SimulatorConfigError(source, { problems });
};

const readConfigFile = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new SimulatorConfigError(path, { problems: [`cannot be read: ${reason}`], cause });
  }
};

/**
 * Reads a configuration from a YAML file or an object, and fills in the defaults.
 *
 * @throws SimulatorConfigError with every fault found.
 */
export const loadConfig = async (
  config: string | SimulatorConfig = {},
): Promise<ResolvedConfig> => {
  const isFile = typeof config === 'string';
  const source = isFile ? config : 'The configuration';
  const input = isFile
    ? await parseYaml(await readConfigFile(config), source)
    : snakeCaseKeys(config);
  const defaultSource = 'The default configuration';
  const defaults = await parseYaml(defaultConfigText, defaultSource);
  return camelCaseKeys({
    ...validate(completeConfigSchema, defaults, defaultSource),
    ...validate(configSchema, input, source),
  });
};

/** What a watcher of a file reports. */
export interface ConfigWatcher {
  readonly onConfig: (config: ResolvedConfig) => void;
  /** The changed file is at fault; the last valid one stays in force. */
  readonly onError: (error: Error) => void;
}

// An editor may write a file in several steps; the last of them counts.
const settleMs = 100;

/**
 * Reads a file again whenever it changes.
 *
 * @returns a function that stops watching.
 */
export const watchConfig = (path: string, watcher: ConfigWatcher): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const reload = async () => {
    try {
      watcher.onConfig(await loadConfig(path));
    } catch (error) {
      watcher.onError(
        error instanceof Error ? error : new Error('The file was not read', { cause: error }),
      );
    }
  };
  // Editors replace a file rather than write into it, so its directory is watched.
  const directory = watch(dirname(path), (_event, name) => {
    if (name !== basename(path)) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), settleMs);
  });
  return () => {
    clearTimeout(timer);
    directory.close();
  };
};
