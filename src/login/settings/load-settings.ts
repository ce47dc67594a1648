import { join, resolve } from 'node:path';
import * as z from 'zod';
import { unknownNames } from '../../duo/closest.ts';
import { BadParameterError, type Fault } from '../../duo/errors/input-errors.ts';
import { DuoClient, type DuoClientOptions } from '../../hosts/node/duo-client.ts';
import { loadDistinguishedNames } from '../first-factor/distinguished-names.ts';
import type { Outside } from './fields.ts';
import { createShape } from './schema.ts';
import {
  findContradictions,
  type LoginSettings,
  type Parsed,
  type RuleSettings,
  toLoginSettings,
} from './settings.ts';

/** What a settings file is read with. Nothing here reads the process or the disk itself. */
export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file named in the settings. Throws when it cannot be read. */
  readonly readFile: (path: string) => string;
  /** The folder that paths in the file are seen from. */
  readonly folder: string;
}

/** The settings of the login gateway cannot be used. All faults are reported at once. */
export class LoginSettingsError extends Error {
  override readonly name = 'LoginSettingsError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, rule }) => `  ${name}: ${rule}`);
    super(`The login settings are not usable:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

const readYaml = async (text: string): Promise<unknown> => {
  const { parseDocument } = await import('yaml');
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

const outsideOf = ({ env, readFile, folder }: LoadOptions): Outside => ({
  resolve: (file) => resolve(folder, file),
  readSecret: (place) => {
    if ('env' in place) {
      return env[place.env];
    }
    // systemd's LoadCredential= puts each credential into a file of this folder.
    const credentials = env['CREDENTIALS_DIRECTORY'];
    if ('credential' in place && credentials === undefined) {
      return undefined;
    }
    try {
      return readFile(
        'file' in place ? resolve(folder, place.file) : join(credentials ?? '', place.credential),
      );
    } catch {
      return undefined;
    }
  },
});

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.input === undefined && ['invalid_type', 'invalid_union'].includes(issue.code ?? '');

const toFaults = (name: string, issue: z.core.$ZodIssue): readonly Fault[] => {
  const path = [name, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    // One line of the message for each key.
    const rules = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      name: [...path, key].join('.'),
      rule: rules[index] ?? 'is not a setting',
    }));
  }
  return [{ name: path.join('.'), rule: isMissing(issue) ? 'is missing' : issue.message }];
};

// The client knows best what is wrong with its own options.
const duoFaults = (duo: DuoClientOptions | undefined): readonly Fault[] => {
  try {
    if (duo !== undefined) {
      new DuoClient(duo);
    }
    return [];
  } catch (error) {
    if (!(error instanceof BadParameterError)) {
      throw error;
    }
    // Of the client's options, this one is spelled otherwise in the file.
    return error.faults.map(({ name, rule }) => ({
      name: `duo.${name === 'caFile' ? 'ca_file' : name}`,
      rule,
    }));
  }
};

/** Groups that are named by a distinguished name, under the one spelling that is compared. */
const canonicalGroups = async (
  groups: Readonly<Record<string, RuleSettings>>,
): Promise<Readonly<Record<string, RuleSettings>>> => {
  const entries = Object.entries(groups);
  if (!entries.some(([name]) => name.includes('='))) {
    return groups;
  }
  const { canonical } = await loadDistinguishedNames();
  return Object.fromEntries(entries.map(([name, rule]) => [canonical(name) ?? name, rule]));
};

/**
 * Read the settings of the login gateway from YAML.
 *
 * @throws {@link LoginSettingsError} with every fault at once, by name, never by value.
 */
export const loadSettings = async (yaml: string, options: LoadOptions): Promise<LoginSettings> => {
  const written = z.record(z.string(), z.unknown()).safeParse(await readYaml(yaml));
  if (!written.success) {
    throw new LoginSettingsError([
      { name: 'the file', rule: 'must map names of settings to values' },
    ]);
  }
  const shape: Readonly<Record<string, z.ZodType>> = createShape(outsideOf(options));
  const faults: Fault[] = unknownNames(
    Object.keys(written.data),
    Object.keys(shape),
    'is not a setting',
  );
  const parsed: Record<string, unknown> = {};
  // One by one, so that rules over several settings are checked even when another one has a fault.
  for (const [name, schema] of Object.entries(shape)) {
    const result = schema.safeParse(written.data[name], { reportInput: true });
    if (result.success) {
      parsed[name] = result.data;
    } else {
      faults.push(...result.error.issues.flatMap((issue) => toFaults(name, issue)));
    }
  }
  faults.push(...findContradictions(parsed), ...duoFaults(parsed['duo'] as Parsed['duo']));
  if (faults.length > 0) {
    throw new LoginSettingsError(faults);
  }
  const complete = parsed as Parsed;
  const groups = await canonicalGroups(complete.groups);
  return Object.freeze(toLoginSettings({ ...complete, groups }));
};
