import { describe, expect, it } from 'vitest';
import { startStill } from '../../../testing/running-simulator.ts';
import { call, callOk } from '../duo-caller.ts';

describe('the default users', () => {
  it.each([
    ['alice', 'auth', 'Account is active'],
    ['ALICE', 'auth', 'Account is active'],
    ['alice@example.com', 'auth', 'Account is active'],
    ['bob', 'allow', 'Bypassing authentication'],
    ['carol', 'deny', 'Your account is disabled and cannot access this application.'],
    ['dave', 'enroll', 'Enroll an authentication device to proceed'],
    ['nobody', 'enroll', 'Enroll an authentication device to proceed'],
    ['leo', 'deny', 'Your account is locked out. Contact your administrator.'],
  ])('%s is answered with %s', async (username, result, text) => {
    const simulator = await startStill();
    const response = await callOk(simulator, 'POST', 'preauth', { username });
    expect(response).toMatchObject({ result, status_msg: text });
    expect('devices' in response).toBe(result === 'auth');
    expect('enroll_portal_url' in response).toBe(result === 'enroll');
  });
});

it('lists devices as Duo does', async () => {
  const simulator = await startStill();
  const { devices } = await callOk(simulator, 'POST', 'preauth', { username: 'grace' });
  expect(devices).toEqual([
    {
      capabilities: ['auto', 'push', 'sms', 'phone', 'mobile_otp'],
      device: expect.stringMatching(/^DP[A-Z0-9]{18}$/),
      display_name: "Grace's phone (XXX-XXX-0107)",
      name: "Grace's phone",
      number: 'XXX-XXX-0107',
      type: 'phone',
    },
    {
      capabilities: ['auto', 'push', 'mobile_otp'],
      device: expect.stringMatching(/^DP/),
      display_name: 'Kitchen tablet',
      name: 'Kitchen tablet',
      number: '',
      type: 'phone',
    },
    {
      capabilities: ['auto', 'phone'],
      device: expect.stringMatching(/^DP/),
      display_name: 'Office (XXX-XXX-0170)',
      name: 'Office',
      number: 'XXX-XXX-0170',
      type: 'phone',
    },
    {
      device: expect.stringMatching(/^DH[A-Z0-9]{18}$/),
      display_name: 'Token 123456',
      name: '123456',
      type: 'token',
    },
  ]);
});

it('finds a user by id, and wants one selector', async () => {
  const simulator = await startStill();
  const id = simulator.control.users().find(({ username }) => username === 'bob')?.id ?? '';
  expect(await callOk(simulator, 'POST', 'preauth', { user_id: id })).toMatchObject({
    result: 'allow',
  });
  const refused = async (params: Record<string, string>) =>
    (await call(simulator, 'POST', 'preauth', params)).json;
  expect(await refused({})).toMatchObject({ code: 40001, message_detail: 'username' });
  expect(await refused({ username: 'bob', user_id: id })).toMatchObject({
    code: 40002,
    message_detail: 'user_id',
  });
  expect(await refused({ user_id: 'DU000000000000000000' })).toMatchObject({
    code: 40002,
    message_detail: 'user_id',
  });
});
