import { describe, expect, it } from 'vitest';
import type { IntegrationInput, Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

const startWith = (policy: Partial<IntegrationInput>, settings = {}): Promise<Simulator> =>
  startStill({
    settings,
    integrations: [{ ikey: 'DIFIRSTAPPLICATION01', skey: 'x'.repeat(40), ...policy }],
  });

const preauth = (simulator: Simulator, username: string, more = {}) =>
  callOk(simulator, 'POST', 'preauth', { username, ...more });

const push = (simulator: Simulator, username: string, more = {}) =>
  callOk(simulator, 'POST', 'auth', { username, factor: 'push', device: 'auto', ...more });

describe('users without a device', () => {
  it.each([
    ['enroll', 'enroll', 'deny', 'deny'],
    ['allow', 'allow', 'allow', 'bypass'],
    ['deny', 'deny', 'deny', 'deny'],
  ] as const)('policy %s', async (newUsers, expected, result, status) => {
    const simulator = await startWith({ newUsers }, { unknownUserOnAuth: 'deny' });
    for (const username of ['dave', 'stranger']) {
      expect(await preauth(simulator, username)).toMatchObject({ result: expected });
      expect(await push(simulator, username)).toMatchObject({ result, status });
    }
  });

  it('are error 40002 on auth when they are unknown, by default', async () => {
    const simulator = await startWith({});
    await expect(push(simulator, 'stranger')).rejects.toThrow(/40002.*username/);
    expect(await push(simulator, 'dave')).toMatchObject({ result: 'deny', status: 'deny' });
  });
});

it.each([
  ['bob', 'allow', 'bypass'],
  ['carol', 'deny', 'deny'],
  ['leo', 'deny', 'locked_out'],
])('auth looks at the account again: %s', async (username, result, status) => {
  const simulator = await startStill();
  expect(await push(simulator, username)).toMatchObject({ result, status });
  const { txid } = await push(simulator, username, { async: '1' });
  expect(await callOk(simulator, 'GET', 'auth_status', { txid: String(txid) })).toMatchObject({
    result,
    status,
  });
});

describe('networks', () => {
  it.each([
    ['10.1.2.3', 'allow'],
    ['2001:db8::1', 'allow'],
    ['192.0.2.1', 'auth'],
    ['203.0.113.9', 'deny'],
    ['not an address', 'auth'],
  ])('from %s: %s', async (ipaddr, result) => {
    const simulator = await startWith({
      trustedNetworks: ['10.0.0.0/8', '2001:db8::/32'],
      blockedNetworks: ['203.0.113.9'],
    });
    expect(await preauth(simulator, 'alice', { ipaddr })).toMatchObject({ result });
  });

  it('a trusted one opens no closed account', async () => {
    const simulator = await startWith({ trustedNetworks: ['10.0.0.0/8'] });
    const ipaddr = '10.0.0.1';
    expect(await preauth(simulator, 'carol', { ipaddr })).toMatchObject({ result: 'deny' });
    expect(await preauth(simulator, 'leo', { ipaddr })).toMatchObject({ result: 'deny' });
  });

  it('an address that is none is 40002 when settings are strict', async () => {
    const simulator = await startWith({}, { strictIpAddress: true });
    await expect(preauth(simulator, 'alice', { ipaddr: 'x' })).rejects.toThrow(/40002.*ipaddr/);
  });
});

it('groups bypass and block, and a block outweighs', async () => {
  const simulator = await startWith({ bypassGroups: ['staff'], blockedGroups: ['gone'] });
  const as = async (groups: string[]) => {
    simulator.control.updateUser('alice', { groups });
    return (await preauth(simulator, 'alice')).result;
  };
  expect(await as([])).toBe('auth');
  expect(await as(['staff'])).toBe('allow');
  expect(await as(['gone'])).toBe('deny');
  expect(await as(['staff', 'gone'])).toBe('deny');
});

describe('lockout', () => {
  const wrong = (simulator: Simulator) =>
    callOk(simulator, 'POST', 'auth', { username: 'alice', factor: 'passcode', passcode: '000' });

  it('comes after ten failures, and stays', async () => {
    const simulator = await startStill();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await wrong(simulator)).toMatchObject({ result: 'deny', status: 'deny' });
    }
    expect(await wrong(simulator)).toMatchObject({ result: 'deny', status: 'locked_out' });
    expect(await preauth(simulator, 'alice')).toMatchObject({ result: 'deny' });
    simulator.control.advance(86_400);
    expect(await preauth(simulator, 'alice')).toMatchObject({ result: 'deny' });
    simulator.control.updateUser('alice', { status: 'active' });
    expect(await preauth(simulator, 'alice')).toMatchObject({ result: 'auth' });
  });

  it('counts refused pushes, and a success starts anew', async () => {
    const simulator = await startStill({
      settings: { lockoutAfterFailures: 2, lockoutSeconds: 60 },
    });
    const answer = async (what: 'deny' | 'approve') => {
      const { txid } = await push(simulator, 'grace', { async: '1' });
      simulator.control.answer(String(txid), what);
    };
    await answer('deny');
    await answer('approve');
    await answer('deny');
    expect(await preauth(simulator, 'grace')).toMatchObject({ result: 'auth' });
    await answer('deny');
    expect(await preauth(simulator, 'grace')).toMatchObject({ result: 'deny' });
    simulator.control.advance(60);
    expect(await preauth(simulator, 'grace')).toMatchObject({ result: 'auth' });
  });

  it.each([
    ['locked_out', 'locked_out'],
    ['disabled', 'deny'],
  ] as const)(
    'an approval that comes after the account was %s opens nothing',
    async (status, end) => {
      const simulator = await startStill();
      const { txid } = await push(simulator, 'grace', { async: '1' });
      simulator.control.updateUser('grace', { status });
      simulator.control.answer(String(txid), 'approve');
      expect(simulator.control.transaction(String(txid))).toMatchObject({
        result: 'deny',
        status: end,
      });
    },
  );
});

describe('remembered devices', () => {
  // 0.3333 hours are no whole number of seconds.
  it.each([1, 0.3333])('lets the holder of a token in for %d hours', async (hours) => {
    const simulator = await startWith({ rememberDevicesHours: hours });
    const answer = await callOk(simulator, 'POST', 'auth', {
      username: 'alice',
      factor: 'passcode',
      passcode: '100000001',
    });
    const token = String(answer.trusted_device_token);
    expect(token).toMatch(/^[A-Za-z0-9+/=]+\|\|\d{10}\|[0-9a-f]{40}$/);
    const result = async (username: string, trusted_device_token: string) =>
      (await preauth(simulator, username, { trusted_device_token })).result;
    expect(await result('alice', token)).toBe('allow');
    expect(await result('grace', token)).toBe('auth');
    expect(
      await result(
        'alice',
        token.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    ).toBe('auth');
    simulator.control.advance(3600);
    expect(await result('alice', token)).toBe('auth');
  });

  it('issues no token by default', async () => {
    const answer = await callOk(await startStill(), 'POST', 'auth', {
      username: 'alice',
      factor: 'passcode',
      passcode: '100000001',
    });
    expect(answer).not.toHaveProperty('trusted_device_token');
  });
});
