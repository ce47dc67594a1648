import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHistory, dropSecrets, historyFile } from '../../../src/cli/prompt/history.ts';

let folder: string;

beforeEach(async () => {
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

it('comes back the latest first, and is nobody else’s to read', async () => {
  const file = join(folder, 'deep', 'history');
  await createHistory(file).save(['third', 'second', 'first']);
  expect(await readFile(file, 'utf8')).toBe('first\nsecond\nthird\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await createHistory(file).load()).toEqual(['third', 'second', 'first']);
});

it('keeps the latest 500', async () => {
  const file = join(folder, 'history');
  const lines = Array.from({ length: 600 }, (_, index) => `line ${index}`);
  await createHistory(file).save(lines);
  expect(await createHistory(file).load()).toEqual(lines.slice(0, 500));
});

it('never writes a secret, and drops one that somebody else wrote', async () => {
  const file = join(folder, 'history');
  await createHistory(file).save(['!duo-check', '!duo-authenticate alice passcode=123456']);
  expect(await readFile(file, 'utf8')).not.toContain('123456');
  await writeFile(file, '!duo-check\n!duo-preauth alice trusted_device_token=abc\n');
  expect(await createHistory(file).load()).toEqual(['!duo-check']);
});

it('drops secrets from the list that the prompt goes through', () => {
  const lines = ['passcode=1', '!duo-check', "trusted_device_token='x"];
  dropSecrets(lines);
  expect(lines).toEqual(['!duo-check']);
});

it('is empty without a file, and goes nowhere without a home', async () => {
  expect(await createHistory(join(folder, 'none')).load()).toEqual([]);
  const nowhere = createHistory(undefined);
  await nowhere.save(['!duo-check']);
  expect(await nowhere.load()).toEqual([]);
});
