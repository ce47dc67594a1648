import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { camelCaseKeys } from '../../../src/simulator/config/key-case.ts';
import { loadConfig } from '../../../src/simulator/config/load-config.ts';
import { settingsSchema } from '../../../src/simulator/config/schema.ts';
import {
  defaultConfigText,
  defaultIkey,
  defaultSkey,
  SimulatorConfigError,
} from '../../../src/simulator/index.ts';
import { startStill, until } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

const defaultSettings = camelCaseKeys(settingsSchema.parse({}));

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulator-config-'));
  path = join(directory, 'duo.yml');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const problemsOf = async (text: string): Promise<readonly string[]> => {
  await writeFile(path, text);
  const error = await loadConfig(path).catch((cause: unknown) => cause);
  return error instanceof SimulatorConfigError ? error.problems : [];
};

describe('the default', () => {
  it('is what its printed text says', async () => {
    await writeFile(path, defaultConfigText);
    expect(await loadConfig(path)).toEqual(await loadConfig());
  });

  it('spells out every setting with the value it has anyway', async () => {
    expect((await loadConfig()).settings).toEqual(defaultSettings);
    for (const name of Object.keys(settingsSchema.shape)) {
      expect(defaultConfigText).toMatch(new RegExp(`^  ${name}:`, 'm'));
    }
  });

  it('has keys of the right shape', () => {
    expect(defaultIkey).toMatch(/^DI[A-Z0-9]{18}$/);
    expect(defaultSkey).toMatch(/^[A-Za-z0-9]{40}$/);
  });
});

describe('a file', () => {
  it('replaces the sections that it has', async () => {
    await writeFile(path, 'users:\n  - username: zoe\nsettings:\n  long_poll_seconds: 5\n');
    const config = await loadConfig(path);
    expect(config.users.map(({ username }) => username)).toEqual(['zoe']);
    expect(config.integrations[0]?.ikey).toBe(defaultIkey);
    expect(config.settings).toEqual({ ...defaultSettings, longPollSeconds: 5 });
  });

  it('may be empty', async () => {
    await writeFile(path, '');
    expect(await loadConfig(path)).toEqual(await loadConfig());
  });

  it('is notified all its faults at once, without their values', async () => {
    const problems = await problemsOf(`
integrations:
  - { ikey: nope, skey: SuperSecretThatIsTooShort }
  - { ikey: DIFIRSTAPPLICATION01, skey: ${'x'.repeat(40)}, trusted_networks: [10.0.0.0/99] }
  - { ikey: DIFIRSTAPPLICATION01, skey: ${'x'.repeat(40)} }
users:
  - { username: zoe, answer: maybe }
  - { username: ann, devices: [{ kind: pager }] }
  - { username: Ann, aliases: [zoe] }
settings:
  long_poll_seconds: forever
  color: red
faults:
  - { kind: meteor }
  - { kind: error, code: 12345 }
`);
    for (const part of [
      'integrations[0].ikey',
      'integrations[0].skey',
      'integrations[1].trusted_networks[0]',
      'users[0].answer',
      'users[1].devices[0].kind',
      'settings.long_poll_seconds',
      'settings',
      'faults[0].kind',
      'faults[1].code',
    ]) {
      expect(problems.some((problem) => problem.startsWith(`${part}:`))).toBe(true);
    }
    expect(problems.join('\n')).not.toContain('SuperSecret');
  });

  it('is notified of names and ids that come twice', async () => {
    const skey = 'x'.repeat(40);
    expect(
      await problemsOf(`
integrations:
  - { ikey: DIFIRSTAPPLICATION01, skey: ${skey} }
  - { ikey: DIFIRSTAPPLICATION01, skey: ${skey} }
users:
  - { username: zoe, id: DU00000000000000000A }
  - { username: ann, aliases: [ZOE], id: DU00000000000000000A }
`),
    ).toEqual([
      'integrations[1].ikey: repeats another integration key',
      'users[1].aliases[0]: repeats another username or alias',
      'users[1].id: repeats another id',
    ]);
  });

  it('that is no YAML is notified where, without the line', async () => {
    const problems = await problemsOf('integrations:\n  - skey: "SuperSecret\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^line \d+: not YAML/);
    expect(problems.join('\n')).not.toContain('SuperSecret');
  });

  it('that does not exist is named', async () => {
    await expect(loadConfig(join(directory, 'none.yml'))).rejects.toThrow(/none\.yml.*\n.*ENOENT/);
  });
});

describe('a file that changes', () => {
  it('is taken over; what happened to its users stays', async () => {
    await writeFile(path, 'users: [{ username: zoe, bypass_codes: ["123456789"] }]\n');
    const reloads: (Error | undefined)[] = [];
    const simulator = await startStill(
      {},
      { config: path, onReload: (error) => reloads.push(error) },
    );
    const useCode = () =>
      callOk(simulator, 'POST', 'auth', {
        username: 'zoe',
        factor: 'passcode',
        passcode: '123456789',
      });
    expect(await useCode()).toMatchObject({ result: 'allow' });

    const device = '{ kind: smartphone, number: "+1 734 555 0101" }';
    await writeFile(
      path,
      `users: [{ username: zoe, bypass_codes: ["123456789"], devices: [${device}] }, { username: ann, status: bypass }]\n`,
    );
    await until(() => reloads.length === 1, 'the reload');
    expect(reloads).toEqual([undefined]);
    expect(await callOk(simulator, 'POST', 'preauth', { username: 'ann' })).toMatchObject({
      result: 'allow',
    });
    expect(await useCode()).toMatchObject({ result: 'deny' });
  });

  it('stays as it was when the change is at fault', async () => {
    await writeFile(path, 'users: [{ username: zoe, status: bypass }]\n');
    const reloads: (Error | undefined)[] = [];
    const simulator = await startStill(
      {},
      { config: path, onReload: (error) => reloads.push(error) },
    );
    await writeFile(path, 'users: [{ username: zoe, status: superuser }]\n');
    await until(() => reloads.length === 1, 'the reload');
    expect(reloads[0]).toBeInstanceOf(SimulatorConfigError);
    expect(await callOk(simulator, 'POST', 'preauth', { username: 'zoe' })).toMatchObject({
      result: 'allow',
    });
  });
});
