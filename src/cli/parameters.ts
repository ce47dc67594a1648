import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Environment } from './cli-context.ts';
import { isValues, type Values } from './context/values.ts';
import { UsageError } from './errors.ts';
import { type Profile, readProfiles, readSecret, type SecretSource } from './profiles.ts';

const variables = {
  hostname: 'DUO_HOSTNAME',
  ikey: 'DUO_IKEY',
  skey: 'DUO_SKEY',
  useragent: 'DUO_USERAGENT',
  timeout: 'DUO_TIMEOUT',
  proxy: 'DUO_PROXY',
  insecure: 'DUO_INSECURE',
  ca_file: 'DUO_CA_FILE',
  pinned_keys: 'DUO_PINNED_KEYS',
  client_cert_file: 'DUO_CLIENT_CERT_FILE',
  client_key_file: 'DUO_CLIENT_KEY_FILE',
  signature_version: 'DUO_SIGNATURE_VERSION',
  algorithm: 'DUO_ALGORITHM',
  sign_port: 'DUO_SIGN_PORT',
} as const;

/** The variables that hold an instance's parameters, in the order that help shows them. */
export const parameterVariables: readonly string[] = Object.values(variables);

/** The variable that holds a parameter. */
const variableOf = (name: string): string | undefined =>
  Object.entries(variables).find(([parameter]) => parameter === name)?.[1];

/** An instance's parameters from the environment. */
export const paramsFromEnvironment = (env: Environment): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(variables)
      .map(([name, variable]) => [name, env[variable]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );

/** Where an instance's parameters come from. At most one is given. */
export interface ParameterOptions {
  /** A JSON file with the parameters, named as in XSOAR. */
  readonly params?: string | undefined;
  /** A name in the profiles' file. */
  readonly profile?: string | undefined;
  /** A file of variables, such as `.env`. */
  readonly envFile?: string | undefined;
}

/** An instance's parameters, and where they were found. */
export interface FoundParameters {
  /** The source, for a person, such as `the environment`. */
  readonly source: string;
  readonly params: Values;
  /** Where the secret key is, if not among the parameters. */
  readonly secret?: SecretSource | undefined;
  /** Where in the source a parameter is, such as the name of its variable. */
  readonly placeOf: (name: string) => string;
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The file ${path} cannot be read: ${error.code ?? 'unknown reason'}.`);
  });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file, which holds the secret key.
    return undefined;
  }
};

const readParamsFile = async (path: string): Promise<Values> => {
  const params = parseJson(await readText(path));
  if (!isValues(params)) {
    throw new UsageError(
      `The file ${path} does not hold a JSON object.`,
      'It should look like {"hostname": "api-XXXXXXXX.duosecurity.com", "ikey": "...", "skey": "..."}.',
    );
  }
  return params;
};

const fromVariables = (source: string, variables: Environment): FoundParameters => ({
  source,
  params: paramsFromEnvironment(variables),
  placeOf: (name) => variableOf(name) ?? name,
});

const fromProfile = (file: string, { name, params, secret }: Profile): FoundParameters => ({
  source: `profile ${name} of ${file}`,
  params,
  secret,
  placeOf: (parameter) => parameter,
});

const findInProfiles = async (name: string, env: Environment): Promise<FoundParameters> => {
  const profiles = await readProfiles(env);
  if (profiles === undefined) {
    throw new UsageError(
      `There is no profile ${name}: there is no file with profiles.`,
      'docs/command-line.md says where it is kept and what it holds.',
    );
  }
  return fromProfile(profiles.file, profiles.find(name));
};

/** Without an option: the environment if it has a parameter, else the default profile. */
const findByDefault = async (env: Environment): Promise<FoundParameters> => {
  const found = fromVariables('the environment', env);
  if (Object.keys(found.params).length > 0) {
    return found;
  }
  const profiles = await readProfiles(env);
  return profiles?.defaultName === undefined
    ? found
    : fromProfile(profiles.file, profiles.find(profiles.defaultName));
};

/**
 * Find an instance's parameters: in the file, the profile or the file of variables that an option
 * names, else in the environment, else in the default profile. Sources are never mixed: one account's
 * host with another's keys would fail, and would show the keys' signatures to the wrong host.
 *
 * @throws {@link UsageError} when the source cannot be used.
 */
export const findParameters = async (
  { params, profile, envFile }: ParameterOptions,
  env: Environment,
): Promise<FoundParameters> => {
  if (params !== undefined) {
    const read = await readParamsFile(params);
    return { source: `the file ${params}`, params: read, placeOf: (name) => name };
  }
  if (profile !== undefined) {
    return findInProfiles(profile, env);
  }
  return envFile === undefined
    ? findByDefault(env)
    : fromVariables(`the file ${envFile}`, parseEnv(await readText(envFile)) as Environment);
};

/**
 * An instance's parameters with the secret key, from wherever that is kept.
 *
 * @throws {@link UsageError}
 */
export const loadParameters = async (
  options: ParameterOptions,
  env: Environment,
): Promise<Values> => {
  const { params, secret } = await findParameters(options, env);
  return secret === undefined ? params : { ...params, skey: await readSecret(secret, env) };
};
