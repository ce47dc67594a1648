import { describe, expect, it } from 'vitest';
import { startStill, until } from '../../../testing/running-simulator.ts';
import { call, callOk } from '../duo-caller.ts';

const push = (username: string, more = {}) => ({
  username,
  factor: 'push',
  device: 'auto',
  ...more,
});

describe('a push by habit', () => {
  it.each([
    ['alice', 'allow', 'allow', 'Success. Logging you in...'],
    ['erin', 'deny', 'deny', 'Login request denied.'],
    ['frank', 'deny', 'fraud', 'Login request denied and reported as fraudulent.'],
  ])('%s ends in %s/%s', async (username, result, status, text) => {
    const simulator = await startStill();
    const answer = callOk(simulator, 'POST', 'auth', push(username));
    await until(() => simulator.control.pending().length === 1);
    simulator.control.advance(1);
    expect(await answer).toEqual({ result, status, status_msg: text });
  });

  it('tim lets it time out after a minute', async () => {
    const simulator = await startStill();
    const answer = callOk(simulator, 'POST', 'auth', push('tim'));
    await until(() => simulator.control.pending().length === 1);
    simulator.control.advance(59);
    expect(simulator.control.pending()).toHaveLength(1);
    simulator.control.advance(1);
    expect(await answer).toMatchObject({ result: 'deny', status: 'timeout' });
  });
});

describe('an asynchronous push', () => {
  it('says pushed at once and the answer when it comes', async () => {
    const simulator = await startStill();
    const { txid } = await callOk(simulator, 'POST', 'auth', push('grace', { async: '1' }));
    const poll = () => callOk(simulator, 'GET', 'auth_status', { txid: String(txid) });
    expect(await poll()).toEqual({
      auth_delayed: false,
      result: 'waiting',
      status: 'pushed',
      status_msg: 'Pushed a login request to your device...',
    });
    const next = poll();
    simulator.control.answer(String(txid), 'approve');
    expect(await next).toMatchObject({ auth_delayed: false, result: 'allow', status: 'allow' });
    expect(await poll()).toMatchObject({ result: 'allow' });
  });

  it('repeats the waiting state when the poll window ends', async () => {
    const simulator = await startStill();
    const { txid } = await callOk(simulator, 'POST', 'auth', push('tim', { async: '1' }));
    const poll = () => callOk(simulator, 'GET', 'auth_status', { txid: String(txid) });
    await poll();
    let isAnswered = false;
    const next = poll().finally(() => {
      isAnswered = true;
    });
    await until(() => simulator.control.log().length === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAnswered).toBe(false);
    simulator.control.advance(30);
    expect(await next).toMatchObject({ result: 'waiting', status: 'pushed' });
  });

  it('tells two polls at once of the same change', async () => {
    const simulator = await startStill();
    const { txid } = await callOk(simulator, 'POST', 'auth', push('grace', { async: '1' }));
    const poll = () => callOk(simulator, 'GET', 'auth_status', { txid: String(txid) });
    await poll();
    const both = [poll(), poll()];
    await new Promise((resolve) => setTimeout(resolve, 50));
    simulator.control.answer(String(txid), 'deny');
    for (const answer of await Promise.all(both)) {
      expect(answer).toMatchObject({ status: 'deny' });
    }
  });

  it('forgets a finished transaction after five minutes', async () => {
    const simulator = await startStill();
    const { txid } = await callOk(simulator, 'POST', 'auth', push('erin', { async: '1' }));
    simulator.control.advance(1);
    const poll = () => call(simulator, 'GET', 'auth_status', { txid: String(txid) });
    expect((await poll()).json.response).toMatchObject({ status: 'deny' });
    simulator.control.advance(300);
    expect((await poll()).json).toMatchObject({ code: 40002, message_detail: 'txid' });
  });
});
