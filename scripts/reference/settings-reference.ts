import * as z from 'zod';
import { createShape } from '../../src/login/settings/schema.ts';
import { settingsWords } from './settings-words.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A setting, by its path in the file. */
interface Setting {
  readonly path: string;
  readonly schema: JsonSchema;
  /** The optional group that it is required in, or `''` for the file. */
  readonly requiredIn: string | undefined;
}

const secretKinds = ['env', 'file', 'credential'];

const isSecret = ({ anyOf = [] }: JsonSchema): boolean =>
  anyOf.length === secretKinds.length &&
  anyOf.every((one, index) => one.properties?.[secretKinds[index] ?? ''] !== undefined);

const isGroup = ({ type, properties }: JsonSchema): boolean =>
  type === 'object' && properties !== undefined;

/** The settings of a group and of the groups in it; those of a choice by type stay for a table of their own. */
const settingsOf = (schema: JsonSchema, prefix = '', group = ''): Setting[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const one = inner as JsonSchema;
    const path = prefix + name;
    const isRequired = schema.required?.includes(name) ?? false;
    return isGroup(one)
      ? settingsOf(one, `${path}.`, isRequired ? group : path)
      : [{ path, schema: one, requiredIn: isRequired ? group : undefined }];
  });

const kinds: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'number',
  string: 'text',
  array: 'list',
  object: 'by name',
};

/** What a setting takes, in a few words. */
const takes = (schema: JsonSchema): string => {
  if (isSecret(schema)) {
    return 'secret';
  }
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => `\`${value}\``).join(' or ');
  }
  if (schema.oneOf !== undefined) {
    return 'a group, below';
  }
  const choices = schema.anyOf;
  if (choices !== undefined) {
    return [...new Set(choices.map((choice) => takes(choice as JsonSchema)))].join(' or ');
  }
  const { type = '', minimum, maximum = Number.MAX_SAFE_INTEGER } = schema;
  const isBounded = type === 'integer' && maximum < Number.MAX_SAFE_INTEGER;
  return isBounded ? `${minimum} to ${maximum}` : (kinds[String(type)] ?? String(type));
};

const defaultOf = ({ schema, requiredIn }: Setting): string => {
  const { default: value } = schema;
  if (requiredIn !== undefined) {
    return requiredIn === '' ? 'required' : `required in \`${requiredIn}\``;
  }
  const isEmpty = value === undefined || (typeof value === 'object' && value !== null);
  return isEmpty ? '' : `\`${String(value)}\``;
};

const used = new Set<string>();

const wordsOf = (path: string): string => {
  const words = settingsWords[path];
  if (words === undefined) {
    throw new Error(`No words for the setting ${path}: add them to settings-words.ts.`);
  }
  used.add(path);
  return words;
};

const table = (settings: readonly Setting[], wordsPrefix = ''): string =>
  [
    '| setting | takes | default | what it says |',
    '| --- | --- | --- | --- |',
    ...settings.map(
      (setting) =>
        `| \`${setting.path}\` | ${takes(setting.schema)} | ${defaultOf(setting)} | ${wordsOf(wordsPrefix + setting.path)} |`,
    ),
  ].join('\n');

const isType = ({ path }: Setting): boolean => path === 'type' || path === 'from';

/** The table of each kind of a setting that has several, such as the first factors. */
const tablesOf = (name: string, choices: readonly JsonSchema[]): string =>
  choices
    .map((choice) => {
      const settings = settingsOf(choice);
      const kind = String(settings.find(isType)?.schema.const);
      const own = settings.filter((setting) => !isType(setting));
      const words = wordsOf(`${name}=${kind}`);
      return `### \`${kind}\`\n\n${words}${own.length > 0 ? `\n\n${table(own, `${name}=${kind}.`)}` : ''}`;
    })
    .join('\n\n');

/** The page of the gateway's settings: names, kinds, bounds and defaults are those of the schema. */
export const settingsReference = (): string => {
  const shape = createShape({ readSecret: () => undefined, resolve: (file) => file });
  const schema = z.toJSONSchema(z.strictObject(shape), { io: 'input', unrepresentable: 'any' });
  const settings = settingsOf(schema);
  const choicesOf = (name: string) =>
    (settings.find(({ path }) => path === name)?.schema.oneOf ?? []) as JsonSchema[];
  const text = `# The settings of the login gateway

<!-- Written by npm run generate. -->

One YAML file. It is checked as a whole, and every fault is reported at once, by name, with the name that was
meant. A dot in a name below is a group in the file. Paths are seen from the folder of the file. A secret never is in it:
\`{ env: NAME }\`, \`{ file: PATH }\` or \`{ credential: NAME }\` (systemd's \`LoadCredential=\`) says where it is.

${table(settings)}

Passwords and keys go to a server over https alone, or over http to this machine; \`allow_cleartext: true\` allows any. A
\`ca_file\` adds to the authorities of the platform.

## First factors

${tablesOf('first_factor', choicesOf('first_factor'))}

## Where the switches are

\`use_2fa\` and \`require_password\` are read from what \`settings.from\` names.

${tablesOf('settings', choicesOf('settings'))}

## Searching a directory

${wordsOf('searching')}
`;
  const unused = Object.keys(settingsWords).filter((path) => !used.has(path));
  if (unused.length > 0) {
    throw new Error(`No setting has these names of settings-words.ts: ${unused.join(', ')}`);
  }
  return text;
};
