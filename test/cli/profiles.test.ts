import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profilesFile, readProfiles, readSecret } from '../../src/cli/profiles.ts';
import { caught, rejection } from '../../testing/caught.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'xsoar-duo-profiles-'));
});

afterEach(() => rm(home, { recursive: true }));

const write = async (yaml: string, mode = 0o600): Promise<string> => {
  const folder = join(home, '.config', 'xsoar-duo');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'config.yml');
  await writeFile(file, yaml);
  await chmod(file, mode);
  return file;
};

const env = () => ({ HOME: home, PATH: process.env['PATH'] });

const two = `
default_profile: production
profiles:
  production:
    hostname: api-1.duosecurity.com
    ikey: DI1
    skey_command: echo SECRET
  staging:
    hostname: api-2.duosecurity.com
    ikey: DI2
    skey: INLINE
`;

it.each([
  [{ XDG_CONFIG_HOME: '/c', HOME: '/h' }, '/c/xsoar-duo/config.yml'],
  [{ HOME: '/h' }, '/h/.config/xsoar-duo/config.yml'],
  [{ USERPROFILE: '/u' }, '/u/.config/xsoar-duo/config.yml'],
  [{}, undefined],
])('are kept by the environment %o', (environment, file) => {
  expect(profilesFile(environment)).toBe(file);
});

it('are found by name', async () => {
  const file = await write(two);
  const profiles = await readProfiles(env());
  expect(profiles).toMatchObject({
    file,
    names: ['production', 'staging'],
    defaultName: 'production',
  });
  expect(profiles?.find('production')).toEqual({
    name: 'production',
    params: { hostname: 'api-1.duosecurity.com', ikey: 'DI1' },
    secret: { kind: 'skey_command', value: 'echo SECRET' },
  });
  expect(profiles?.find('staging')).toMatchObject({
    params: { skey: 'INLINE' },
    secret: undefined,
  });
});

it('are none where there is no file, and nowhere without a home', async () => {
  expect(await readProfiles(env())).toBeUndefined();
  expect(await readProfiles({})).toBeUndefined();
});

it.each(['prodction', 'other', 'constructor'])('there is no %s', async (name) => {
  const file = await write(two);
  const profiles = await readProfiles(env());
  expect(caught(() => profiles?.find(name))).toMatchObject({
    message: `There is no profile ${name} in ${file}.`,
    advice: name === 'prodction' ? 'Did you mean production?' : 'It has production, staging.',
  });
});

it.each([0o640, 0o604, 0o660])('are refused when others can read them: %o', async (mode) => {
  const file = await write(two, mode);
  expect(await rejection(readProfiles(env()))).toMatchObject({
    name: 'UsageError',
    message: `Other users can read ${file}.`,
    advice: `Run chmod 600 ${file}`,
  });
});

it.each([
  ['broken YAML', 'profiles:\n  a: {skey: SECRET', /is not YAML: see line \d+\.$/],
  ['a list', '- SECRET', /must hold profiles/],
  ['text', 'SECRET', /must hold profiles/],
  ['a default that is no name', 'default_profile: [SECRET]\nprofiles: {}', /must hold profiles/],
])('are refused when the file holds %s, without quoting it', async (_, yaml, message) => {
  await write(yaml);
  const error = await rejection(readProfiles(env()));
  expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
  expect(String(error)).not.toContain('SECRET');
});

it.each([
  ['{skey: SECRET, skey_file: x}', 'gives the secret key twice: by skey_file and by skey'],
  ['{skey_env: A, skey_command: x}', 'gives the secret key twice: by skey_env and by skey_command'],
  ['{skey_file: 7}', 'must have text for skey_file'],
  ['SECRET', 'must be a list of parameters, such as hostname, ikey and skey'],
])('a profile of %s is refused', async (yaml, rule) => {
  const file = await write(`profiles:\n  a: ${yaml}\n`);
  const profiles = await readProfiles(env());
  expect(caught(() => profiles?.find('a'))).toMatchObject({
    message: `Profile a of ${file} ${rule}.`,
  });
});

describe('a secret key', () => {
  it('is the first line of a file, from the home or beside the profiles', async () => {
    await write(two);
    await writeFile(join(home, 'key'), 'SECRET\nmore\n');
    await writeFile(join(home, '.config', 'xsoar-duo', 'key'), ' BESIDE \n');
    expect(await readSecret({ kind: 'skey_file', value: '~/key' }, env())).toBe('SECRET');
    expect(await readSecret({ kind: 'skey_file', value: 'key' }, env())).toBe('BESIDE');
  });

  it('is in a variable', async () => {
    const secret = { kind: 'skey_env', value: 'MY_KEY' } as const;
    expect(await readSecret(secret, { MY_KEY: 'SECRET' })).toBe('SECRET');
  });

  it('is what a command of the shell prints', async () => {
    const secret = { kind: 'skey_command', value: 'echo SEC"RET" | cat; echo more' } as const;
    expect(await readSecret(secret, env())).toBe('SECRET');
  });

  it.each([
    ['skey_file', '/none', /^The file of skey_file, \/none, cannot be read: ENOENT\.$/],
    ['skey_env', 'NOT_SET', /^skey_env gave no secret key\.$/],
    ['skey_command', 'true', /^skey_command gave no secret key\.$/],
    ['skey_command', 'echo SECRET; exit 3', /^skey_command failed: it ended with 3\.$/],
  ] as const)('is missed from %s %s', async (kind, value, message) => {
    expect(await rejection(readSecret({ kind, value }, env()))).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });
});
