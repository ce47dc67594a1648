import { BadParameterError } from '../duo/errors/input-errors.ts';
import { loadParams } from '../integration/params.ts';
import type { Row } from '../integration/readable.ts';
import type { CliContext } from './cli-context.ts';
import { isValues } from './context/values.ts';
import { type ExitCode, exitCodeOf, exitCodes, reportError } from './errors.ts';
import { readableText } from './output/readable-text.ts';
import { type FoundParameters, findParameters, type ParameterOptions } from './parameters.ts';
import { readProfiles } from './profiles.ts';

const hidden = 'set, not shown';

// The keys of an export from XSOAR are inside an object.
const shown = (name: string, value: unknown): string =>
  name === 'skey' || isValues(value) ? hidden : String(value);

const rowsOf = ({ params, secret, placeOf }: FoundParameters): Row[] => {
  const rows = Object.entries(params).map(
    ([name, value]): Row => ({ Parameter: name, Value: shown(name, value), From: placeOf(name) }),
  );
  return secret === undefined
    ? rows
    : [...rows, { Parameter: 'skey', Value: hidden, From: `${secret.kind}: ${secret.value}` }];
};

const profilesLine = async (env: CliContext['env']): Promise<string[]> => {
  const profiles = await readProfiles(env);
  if (profiles === undefined) {
    return [];
  }
  const { file, names, defaultName } = profiles;
  const list = names.map((name) => (name === defaultName ? `${name} (default)` : name));
  return [`Profiles in ${file}: ${list.join(', ')}.`];
};

// In place of a secret key that is kept elsewhere: looking at the settings must not fetch it.
const standIn = 'x'.repeat(40);

const check = ({ params, secret }: FoundParameters): BadParameterError | undefined => {
  try {
    loadParams(secret === undefined ? params : { ...params, skey: standIn });
    return undefined;
  } catch (error) {
    if (error instanceof BadParameterError) {
      return error;
    }
    throw error;
  }
};

/** Show which parameters are used and where they come from, and what is wrong with them. */
export const config = async (options: ParameterOptions, context: CliContext): Promise<ExitCode> => {
  const found = await findParameters(options, context.env);
  const rows = rowsOf(found);
  const text = readableText(
    {
      title: `Parameters from ${found.source}`,
      rows: rows.length > 0 ? rows : [{ Parameter: 'none' }],
      next: await profilesLine(context.env),
    },
    context,
  );
  context.stdout.write(`${text}\n`);
  const error = check(found);
  if (error === undefined) {
    return exitCodes.done;
  }
  reportError(error, context.stderr);
  return exitCodeOf(error);
};
