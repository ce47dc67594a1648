import { resolve } from 'node:path';
import type * as z from 'zod';
import { BadParameterError, type Fault } from '../../duo/errors/input-errors.ts';
import { DuoClient } from '../../hosts/node/duo-client.ts';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import { convert } from './convert.ts';
import { findContradictions } from './cross-rules.ts';
import { LoginSettingsError } from './login-settings-error.ts';
import { settingsSchema } from './schema.ts';
import { createSecretReader, type SettingsSources } from './secrets.ts';
import type { LoginSettings } from './types.ts';

/** What a settings file is read with. */
export interface LoadOptions extends SettingsSources {
  /** The folder that paths in the file are seen from. */
  readonly folder: string;
}

const readYaml = async (text: string): Promise<unknown> => {
  const { parseDocument } = await loadOptionalPackage('yaml', () => import('yaml'));
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    // The parser's own text shows the line, and with it perhaps a secret; the place is enough.
    throw new LoginSettingsError(
      document.errors.map(({ code, linePos }) => ({
        name: `line ${linePos?.[0].line ?? '?'}`,
        rule: `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
      })),
    );
  }
  return document.toJS() ?? {};
};

const missing = (issue: z.core.$ZodIssue): boolean =>
  (issue.code === 'invalid_type' && issue.input === undefined) ||
  (issue.code === 'invalid_union' && issue.input === undefined);

const toFaults = (issue: z.core.$ZodIssue): readonly Fault[] => {
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      name: [...issue.path, key].join('.'),
      rule: 'is not a setting',
    }));
  }
  return [
    { name: name === '' ? 'the file' : name, rule: missing(issue) ? 'is missing' : issue.message },
  ];
};

// The client knows best what is wrong with its own parameters.
const duoFaults = (duo: LoginSettings['duo'], known: readonly Fault[]): readonly Fault[] => {
  try {
    new DuoClient(duo);
    return [];
  } catch (error) {
    if (!(error instanceof BadParameterError)) {
      throw error;
    }
    return error.faults
      .map(({ name, rule }) => ({ name: `duo.${name}`, rule }))
      .filter(({ name }) => known.every((fault) => fault.name !== name));
  }
};

/**
 * Read the settings of the login gateway from YAML.
 *
 * @throws {@link LoginSettingsError} with every fault at once, by name, never by value.
 */
export const loadSettings = async (yaml: string, options: LoadOptions): Promise<LoginSettings> => {
  const parsed = settingsSchema.safeParse(await readYaml(yaml), { reportInput: true });
  if (!parsed.success) {
    throw new LoginSettingsError(parsed.error.issues.flatMap(toFaults));
  }
  const path = (file: string): string => resolve(options.folder, file);
  const secrets = createSecretReader({
    env: options.env,
    readFile: (file) => options.readFile(path(file)),
  });
  const settings = convert(parsed.data, { secret: secrets.read, path });
  const faults = [...secrets.faults, ...findContradictions(parsed.data)];
  faults.push(...duoFaults(settings.duo, faults));
  if (faults.length > 0) {
    throw new LoginSettingsError(faults);
  }
  return Object.freeze(settings);
};
