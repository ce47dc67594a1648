import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStill, until } from '../../testing/running-simulator.ts';
import { call, callOk } from './duo-caller.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulator-recording-'));
  file = join(directory, 'duo.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

it('records signed exchanges, and responds from them', async () => {
  const recorded = await startStill({}, { record: file });
  const preauth = { username: 'alice' };
  const push = { username: 'grace', factor: 'push', device: 'auto', async: '1' };
  const first = await callOk(recorded, 'POST', 'preauth', preauth);
  const { txid } = await callOk(recorded, 'POST', 'auth', push);
  const poll = { txid: String(txid) };
  const waiting = await callOk(recorded, 'GET', 'auth_status', poll);
  recorded.control.answer(String(txid), 'approve');
  const allowed = await callOk(recorded, 'GET', 'auth_status', poll);
  await recorded.close();

  const text = await readFile(file, 'utf8');
  expect(text.trim().split('\n')).toHaveLength(4);
  expect(text).not.toContain(recorded.skey);
  expect(text.toLowerCase()).not.toContain('authorization');
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const replayed = await startStill({ users: [] }, { replay: file });
  expect(await callOk(replayed, 'POST', 'preauth', preauth)).toEqual(first);
  expect(await callOk(replayed, 'POST', 'auth', push)).toEqual({ txid });
  expect(await callOk(replayed, 'GET', 'auth_status', poll)).toEqual(waiting);
  expect(await callOk(replayed, 'GET', 'auth_status', poll)).toEqual(allowed);
  expect(await callOk(replayed, 'GET', 'auth_status', poll)).toEqual(allowed);
  expect((await call(replayed, 'POST', 'preauth', { username: 'bob' })).json).toMatchObject({
    code: 40401,
    message_detail: 'not in the recording',
  });
  const wrongKey = await call(replayed, 'POST', 'preauth', preauth, { skey: 'y'.repeat(40) });
  expect(wrongKey.json.code).toBe(40103);
});

it('names the line that is not an exchange', async () => {
  await writeFile(file, '\n{"method":"GET"}\n');
  await expect(startStill({}, { replay: file })).rejects.toThrow('line 2: not an exchange');
  await expect(startStill({}, { replay: `${file}.none` })).rejects.toThrow('cannot be read');
});

it('logs a request on arrival and completes the entry at its end', async () => {
  const simulator = await startStill();
  const answer = callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'push',
    device: 'auto',
  });
  await until(() => simulator.control.log().length === 1, 'the arrival');
  expect(simulator.control.log()).toMatchObject([
    { isOpen: true, status: 0, outcome: 'in progress', username: 'grace' },
  ]);
  simulator.control.answer(simulator.control.pending()[0]?.txid ?? '', 'approve');
  await answer;
  expect(simulator.control.log()).toMatchObject([
    { id: 1, isOpen: false, status: 200, outcome: 'allow/allow' },
  ]);
});
