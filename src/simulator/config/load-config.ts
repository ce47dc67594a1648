import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import { SimulatorConfigError } from './config-error.ts';
import type { SimulatorConfig } from './config-input.ts';
import { completeConfigSchema, configSchema } from './config-schema.ts';
import { defaultConfigText } from './default-config.ts';
import type { ResolvedConfig } from './types.ts';

const defaultSource = 'The default configuration';

const pathText = (path: readonly PropertyKey[]): string => {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
};

const problemText = ({ path, message }: z.core.$ZodIssue): string =>
  `${pathText(path) || 'the file'}: ${message}`;

const validate = <T>(schema: z.ZodType<T>, input: unknown, source: string): T => {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  throw new SimulatorConfigError(source, { problems: parsed.error.issues.map(problemText) });
};

const parseYaml = async (text: string, source: string): Promise<unknown> => {
  const { parseDocument } = await loadOptionalPackage('yaml', () => import('yaml'));
  const document = parseDocument(text);
  if (document.errors.length === 0) {
    return document.toJS();
  }
  // The parser's own text quotes the lines around the fault, and a secret key may stand there.
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
 * Reads a configuration from a file or an object and fills in what it leaves out.
 *
 * @throws SimulatorConfigError with every fault found.
 */
export const loadConfig = async (
  config: string | SimulatorConfig = {},
): Promise<ResolvedConfig> => {
  const source = typeof config === 'string' ? config : 'The configuration';
  const input =
    typeof config === 'string' ? await parseYaml(await readConfigFile(config), source) : config;
  const defaults = await parseYaml(defaultConfigText, defaultSource);
  return {
    ...validate(completeConfigSchema, defaults, defaultSource),
    ...validate(configSchema, input, source),
  };
};
