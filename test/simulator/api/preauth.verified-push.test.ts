import { expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

const preauth = (simulator: Simulator, username: string, flag = '1') =>
  callOk(simulator, 'POST', 'preauth', { username, client_supports_verified_push: flag });

const push = (simulator: Simulator, username: string, txid: unknown) =>
  callOk(simulator, 'POST', 'auth', {
    username,
    factor: 'push',
    device: 'auto',
    async: '1',
    txid: String(txid),
  });

it('gives a code that must be typed', async () => {
  const simulator = await startStill();
  const promised = await preauth(simulator, 'vera');
  expect(promised).toMatchObject({
    result: 'auth',
    txid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    verification_code: expect.stringMatching(/^\d{6}$/),
    expiration: Math.floor(simulator.control.now() / 1000) + 60,
  });
  const { txid } = await push(simulator, 'vera', promised.txid);
  expect(txid).toBe(promised.txid);
  expect(simulator.control.pending()).toMatchObject([{ txid, needsCode: true }]);
  const id = String(txid);
  // Clients in text mode show the status text and nothing else.
  expect(await callOk(simulator, 'GET', 'auth_status', { txid: id })).toMatchObject({
    result: 'waiting',
    status_msg: expect.stringContaining(`code ${promised.verification_code} into Duo Mobile`),
  });
  expect(simulator.control.answer(id, 'approve', 'wrong')).toBe('wrong_code');
  expect(simulator.control.answer(id, 'approve', '')).toBe('wrong_code');
  expect(simulator.control.answer(id, 'approve', String(promised.verification_code))).toBe('done');
  expect(await callOk(simulator, 'GET', 'auth_status', { txid: id })).toMatchObject({
    result: 'allow',
  });
});

it('is denied after three wrong codes', async () => {
  const simulator = await startStill();
  const { txid } = await push(simulator, 'vera', (await preauth(simulator, 'vera')).txid);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    simulator.control.answer(String(txid), 'approve', 'wrong');
  }
  expect(simulator.control.transaction(String(txid))).toMatchObject({ status: 'deny' });
});

it.each([
  ['a client that cannot show a code', 'vera', '0'],
  ['a user whom policy does not ask', 'grace', '1'],
])('gives none to %s', async (_what, username, flag) => {
  expect(await preauth(await startStill(), username, flag)).not.toHaveProperty('txid');
});

it('is good for one push, of its own user, in its time', async () => {
  const simulator = await startStill();
  const first = await preauth(simulator, 'vera');
  await expect(push(simulator, 'grace', first.txid)).rejects.toThrow(/40002.*txid/);
  await push(simulator, 'vera', first.txid);
  await expect(push(simulator, 'vera', first.txid)).rejects.toThrow(/40002.*txid/);
  const second = await preauth(simulator, 'vera');
  simulator.control.advance(60);
  await expect(push(simulator, 'vera', second.txid)).rejects.toThrow(/40002.*txid/);
});
