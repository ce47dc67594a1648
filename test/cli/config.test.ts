import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { config } from '../../src/cli/config.ts';
import { keys } from '../../testing/keys.ts';
import { fakeContext } from './cli-context.ts';

const withProfiles = async (yaml: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'xsoar-duo-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'xsoar-duo'));
  await writeFile(join(folder, 'xsoar-duo', 'config.yml'), yaml, { mode: 0o600 });
  return { XDG_CONFIG_HOME: folder };
};

it('shows what the environment gives, and no secret', async () => {
  const env = {
    DUO_HOSTNAME: 'api-1.duosecurity.com',
    DUO_IKEY: keys.ikey,
    DUO_SKEY: keys.skey,
    DUO_TIMEOUT: '5',
  };
  const context = fakeContext({ env });
  expect(await config({}, context)).toBe(0);
  expect(context.stdout.lines).toEqual([
    'Parameters from the environment',
    '',
    'Parameter  Value                  From',
    'hostname   api-1.duosecurity.com  DUO_HOSTNAME',
    `ikey       ${keys.ikey}   DUO_IKEY`,
    'skey       set, not shown         DUO_SKEY',
    'timeout    5                      DUO_TIMEOUT',
  ]);
  expect(context.stderr.text).toBe('');
});

it('shows a profile and the others, and does not run the command of the key', async () => {
  const env = await withProfiles(
    `default_profile: a\nprofiles:\n  a: {hostname: api-1.duosecurity.com, ikey: ${keys.ikey}, skey_command: "false"}\n  b: {}\n`,
  );
  const context = fakeContext({ env });
  expect(await config({}, context)).toBe(0);
  const { text } = context.stdout;
  expect(text).toMatch(/^Parameters from profile a of .*config\.yml$/m);
  expect(text).toMatch(/^skey +set, not shown +skey_command: false$/m);
  expect(text).toMatch(/^Profiles in .*config\.yml: a \(default\), b\.$/m);
});

it('ends with 2 and says what is wrong', async () => {
  const env = await withProfiles('profiles:\n  a: {hostnam: x}\n');
  const context = fakeContext({ env });
  expect(await config({ profile: 'a' }, context)).toBe(2);
  expect(context.stderr.text).toContain('hostnam is not a parameter; did you mean hostname?');
});

it('shows that there is nothing', async () => {
  const context = fakeContext({ env: {} });
  expect(await config({}, context)).toBe(2);
  expect(context.stdout.text).toContain('none');
  expect(context.stderr.text).toContain('ikey is missing.');
});
