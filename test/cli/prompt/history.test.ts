import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHistory, dropSecrets, historyFile } from '../../../src/cli/prompt/history.ts';
import { Captured } from '../cli-context.ts';

let folder: string;
let stderr: Captured;

beforeEach(async () => {
  stderr = new Captured();
  folder = await mkdtemp(join(tmpdir(), 'xsoar-duo-history-'));
});

afterEach(() => rm(folder, { recursive: true }));

it.each([
  [{ XDG_STATE_HOME: '/s', HOME: '/h' }, '/s/xsoar-duo/history'],
  [{ HOME: '/h' }, '/h/.local/state/xsoar-duo/history'],
  [{ USERPROFILE: '/u' }, '/u/.local/state/xsoar-duo/history'],
  [{}, undefined],
])('is kept by the environment %o', (env, file) => {
  expect(historyFile(env)).toBe(file);
});

it('comes back the latest first, and only its owner can read it', async () => {
  const file = join(folder, 'deep', 'history');
  await createHistory(file, stderr).save(['third', 'second', 'first']);
  expect(await readFile(file, 'utf8')).toBe('first\nsecond\nthird\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await createHistory(file, stderr).load()).toEqual(['third', 'second', 'first']);
});

it('keeps the latest 500', async () => {
  const file = join(folder, 'history');
  const lines = Array.from({ length: 600 }, (_, index) => `line ${index}`);
  await createHistory(file, stderr).save(lines);
  expect(await createHistory(file, stderr).load()).toEqual(lines.slice(0, 500));
});

it('never writes a secret, and drops one that another program wrote', async () => {
  const file = join(folder, 'history');
  await createHistory(file, stderr).save(['!duo-check', '!duo-authenticate alice passcode=123456']);
  expect(await readFile(file, 'utf8')).not.toContain('123456');
  await writeFile(file, '!duo-check\n!duo-preauth alice trusted_device_token=abc\n');
  expect(await createHistory(file, stderr).load()).toEqual(['!duo-check']);
});

it('drops secrets from the list that the prompt goes through', () => {
  const lines = ['passcode=1', '!duo-check', "trusted_device_token='x"];
  dropSecrets(lines);
  expect(lines).toEqual(['!duo-check']);
});

it('is empty without a file, and goes nowhere without a home', async () => {
  expect(await createHistory(join(folder, 'none'), stderr).load()).toEqual([]);
  const nowhere = createHistory(undefined, stderr);
  await nowhere.save(['!duo-check']);
  expect(await nowhere.load()).toEqual([]);
});

it('says once that it cannot be kept', async () => {
  const history = createHistory(join(folder, 'history'), stderr);
  await mkdir(join(folder, 'history'));
  await history.save(['!duo-check']);
  await history.save(['!duo-check', '!duo-ping']);
  expect(stderr.lines).toEqual([`The history cannot be kept in ${join(folder, 'history')}.`]);
});
