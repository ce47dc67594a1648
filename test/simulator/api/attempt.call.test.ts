import { expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

const ring = async (simulator: Simulator, username: string, factor = 'phone') => {
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username,
    factor,
    device: 'auto',
    async: '1',
  });
  const poll = () => callOk(simulator, 'GET', 'auth_status', { txid: String(txid) });
  return { txid: String(txid), poll };
};

it.each([
  ['alice', 'allow', 'allow', 'Success. Logging you in...'],
  ['erin', 'deny', 'deny', 'No keypress detected. Please try again.'],
  ['frank', 'deny', 'fraud', 'Login request denied and reported as fraudulent.'],
])('%s picks up by habit: %s/%s', async (username, result, status, text) => {
  const simulator = await startStill();
  const { poll } = await ring(simulator, username);
  expect(await poll()).toMatchObject({
    result: 'waiting',
    status: 'calling',
    status_msg: expect.stringMatching(/^Dialing XXX-XXX-\d{4}\.\.\.$/),
  });
  simulator.control.advance(1);
  expect(await poll()).toMatchObject({
    result: 'waiting',
    status: 'answered',
    status_msg: "Answered. Press '#' on your phone to log in.",
  });
  simulator.control.advance(1);
  expect(await poll()).toMatchObject({ result, status, status_msg: text });
});

it('rings for a minute', async () => {
  const simulator = await startStill();
  const { poll } = await ring(simulator, 'tim');
  simulator.control.advance(60);
  expect(await poll()).toMatchObject({ result: 'deny', status: 'timeout' });
});

it('is answered by hand', async () => {
  const simulator = await startStill();
  const { txid, poll } = await ring(simulator, 'grace');
  expect(simulator.control.answer(txid, 'pick_up')).toBe('done');
  expect(simulator.control.answer(txid, 'pick_up')).toBe('not_a_call');
  expect(await poll()).toMatchObject({ status: 'answered' });
  expect(simulator.control.answer(txid, 'approve')).toBe('done');
  expect(simulator.control.answer(txid, 'deny')).toBe('ended');
  expect(await poll()).toMatchObject({ result: 'allow' });
});

it('auto is a call for who has no push', async () => {
  const simulator = await startStill({
    users: [{ username: 'bea', devices: [{ kind: 'landline', number: '+1 734 555 0108' }] }],
  });
  const { poll } = await ring(simulator, 'bea', 'auto');
  expect(await poll()).toMatchObject({ status: 'calling' });
});

it('auto is a push for who has one', async () => {
  const simulator = await startStill();
  const { poll } = await ring(simulator, 'grace', 'auto');
  expect(await poll()).toMatchObject({ status: 'pushed' });
});

it('a phone that is off fails to get its push, and can still be answered by hand', async () => {
  const simulator = await startStill();
  const { txid, poll } = await ring(simulator, 'olga', 'push');
  expect(await poll()).toMatchObject({ result: 'waiting', status: 'push_failed' });
  simulator.control.answer(txid, 'approve');
  expect(await poll()).toMatchObject({ result: 'allow' });
});
