import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { closest } from '../duo/closest.ts';
import { type Environment, homeOf } from './cli-context.ts';
import { isValues, ownValue, type Values } from './context/values.ts';
import { UsageError } from './errors.ts';

/** Where a secret key comes from, when it is not written down beside the rest. */
export interface SecretSource {
  readonly kind: 'skey_file' | 'skey_env' | 'skey_command';
  /** A file, a variable, or a command of the shell. */
  readonly value: string;
}

/** A Duo account of the profiles' file. */
export interface Profile {
  readonly name: string;
  readonly params: Values;
  readonly secret: SecretSource | undefined;
}

/** The profiles of a file. */
export interface Profiles {
  readonly file: string;
  readonly names: readonly string[];
  /** The profile to use when neither an option nor a variable gives parameters. */
  readonly defaultName: string | undefined;
  /** Throws a {@link UsageError} for a name that is not there, and for a profile with a fault. */
  readonly find: (name: string) => Profile;
}

/** Where profiles are kept, by the XDG base directory specification; nowhere without a home. */
export const profilesFile = (env: Environment): string | undefined => {
  const home = homeOf(env);
  const folder = env['XDG_CONFIG_HOME'] ?? (home && join(home, '.config'));
  return folder && join(folder, 'xsoar-duo', 'config.yml');
};

const secretKinds = ['skey_file', 'skey_env', 'skey_command'] as const;

const parseProfile = (file: string, name: string, value: unknown): Profile => {
  const fault = (rule: string) => new UsageError(`Profile ${name} of ${file} ${rule}.`);
  if (!isValues(value)) {
    throw fault('must be a list of parameters, such as hostname, ikey and skey');
  }
  const kinds = secretKinds.filter((kind) => value[kind] !== undefined);
  const [kind, another] = [...kinds, ...('skey' in value ? ['skey' as const] : [])];
  if (another !== undefined) {
    throw fault(`gives the secret key twice: by ${kind} and by ${another}`);
  }
  const params = Object.fromEntries(
    Object.entries(value).filter(([key]) => !secretKinds.some((each) => each === key)),
  );
  if (kind === undefined || kind === 'skey') {
    return { name, params, secret: undefined };
  }
  const source = value[kind];
  if (typeof source !== 'string' || source === '') {
    throw fault(`must have text for ${kind}`);
  }
  return { name, params, secret: { kind, value: source } };
};

const parseFile = async (file: string, yaml: string): Promise<Profiles> => {
  const { parse } = await import('yaml');
  let whole: unknown;
  try {
    whole = parse(yaml, { prettyErrors: false });
  } catch (error) {
    // The parser's message may quote the file, which may hold a secret key.
    const [at] = (error as { readonly pos?: readonly number[] }).pos ?? [0];
    throw new UsageError(`${file} is not YAML: see line ${yaml.slice(0, at).split('\n').length}.`);
  }
  const profiles = ownValue(whole, 'profiles');
  const defaultName = ownValue(whole, 'default_profile');
  if (!isValues(profiles) || !['string', 'undefined'].includes(typeof defaultName)) {
    throw new UsageError(
      `${file} must hold profiles: a list of names, each with hostname, ikey and skey; and default_profile, a name, if there is one.`,
    );
  }
  const names = Object.keys(profiles);
  return {
    file,
    names,
    defaultName: typeof defaultName === 'string' ? defaultName : undefined,
    find: (name) => {
      if (!Object.hasOwn(profiles, name)) {
        const meant = closest(name, names);
        throw new UsageError(
          `There is no profile ${name} in ${file}.`,
          meant === undefined ? `It has ${names.join(', ')}.` : `Did you mean ${meant}?`,
        );
      }
      return parseProfile(file, name, profiles[name]);
    },
  };
};

const othersMayRead = 0o077;

/**
 * Read the profiles' file; `undefined` when there is none.
 *
 * @throws {@link UsageError} when it cannot be used, or other users can read it.
 */
export const readProfiles = async (env: Environment): Promise<Profiles | undefined> => {
  const file = profilesFile(env);
  if (file === undefined) {
    return undefined;
  }
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & othersMayRead) !== 0) {
      throw new UsageError(`Other users can read ${file}.`, `Run chmod 600 ${file}`);
    }
    return await parseFile(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw new UsageError(`The file ${file} cannot be read: ${error.code}.`);
    }
    throw error;
  }
};

const runCommand = async (command: string, env: Environment): Promise<string> => {
  // The keyboard and the screen are the command's, which may ask for a password of its own.
  const child = spawn(command, { shell: true, env, stdio: ['inherit', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((done) => {
    child.on('error', () => done(null));
    child.on('close', done);
  });
  const output = await text(child.stdout);
  const code = await ended;
  if (code !== 0) {
    throw new UsageError(`skey_command failed: it ended with ${code ?? 'no code'}.`);
  }
  return output;
};

const readSecretFile = async (path: string, env: Environment): Promise<string> => {
  const home = homeOf(env);
  const expanded = home === undefined ? path : path.replace(/^~(?=\/)/, home);
  const file = resolve(dirname(profilesFile(env) ?? '.'), expanded);
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The file of skey_file, ${file}, cannot be read: ${error.code}.`);
  });
};

/**
 * Get a secret key from where it is kept: the first line of a file or of a command's output, or a
 * variable.
 *
 * @throws {@link UsageError} when there is none.
 */
export const readSecret = async (
  { kind, value }: SecretSource,
  env: Environment,
): Promise<string> => {
  const read = {
    skey_file: () => readSecretFile(value, env),
    skey_env: async () => env[value] ?? '',
    skey_command: () => runCommand(value, env),
  } satisfies Record<SecretSource['kind'], () => Promise<string>>;
  const secret = (await read[kind]()).split(/\r?\n/)[0]?.trim() ?? '';
  if (secret === '') {
    throw new UsageError(`${kind} gave no secret key.`);
  }
  return secret;
};
