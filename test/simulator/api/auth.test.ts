import { expect, it } from 'vitest';
import { DuoClient } from '../../../src/hosts/node/duo-client.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { call } from '../duo-caller.ts';
import { sendSigned } from '../signed-body.ts';

const push = { username: 'grace', factor: 'push', device: 'auto' };

it.each([
  ['no user', { factor: 'push', device: 'auto' }, 40001, 'username'],
  ['two selectors', { ...push, user_id: 'DU000000000000000000' }, 40002, 'user_id'],
  ['an unknown user id', { ...push, username: '', user_id: 'DU0' }, 40002, 'user_id'],
  ['no factor', { username: 'grace' }, 40001, 'factor'],
  ['an unknown factor', { ...push, factor: 'carrier-pigeon' }, 40002, 'factor'],
  ['a push without a device', { username: 'grace', factor: 'push' }, 40001, 'device'],
  ['a call without a device', { username: 'grace', factor: 'phone' }, 40001, 'device'],
  ['an SMS without a device', { username: 'grace', factor: 'sms' }, 40001, 'device'],
  ['an unknown device', { ...push, device: 'DP000000000000000000' }, 40002, 'device'],
  ['no passcode', { username: 'grace', factor: 'passcode' }, 40001, 'passcode'],
  [
    'a device beside a passcode',
    { username: 'grace', factor: 'passcode', passcode: '1', device: 'auto' },
    40002,
    'device',
  ],
  ['pushinfo that is no pairs', { ...push, pushinfo: 'just a text' }, 40002, 'pushinfo'],
  ['pushinfo with a broken escape', { ...push, pushinfo: 'a=%zz' }, 40002, 'pushinfo'],
  ['pushinfo of 20,000 bytes', { ...push, pushinfo: `a=${'x'.repeat(19_998)}` }, 40002, 'pushinfo'],
  ['an async that is neither', { ...push, async: 'maybe' }, 40002, 'async'],
  ['an unknown verified push', { ...push, txid: 'none' }, 40002, 'txid'],
  ['no push device', { ...push, username: 'bea' }, 40002, 'no capable device'],
  ['no SMS device', { username: 'bea', factor: 'sms', device: 'auto' }, 40002, 'no capable device'],
  ['no device for auto', { username: 'toby', factor: 'auto' }, 40002, 'no capable device'],
])('%s', async (_what, params, code, detail) => {
  const simulator = await startStill({
    users: [
      { username: 'grace', devices: [{ kind: 'smartphone', number: '+1 734 555 0107' }] },
      { username: 'bea', devices: [{ kind: 'landline', number: '+1 734 555 0108' }] },
      { username: 'toby', devices: [{ kind: 'token', name: '1' }] },
    ],
  });
  const { status, json } = await call(simulator, 'POST', 'auth', params);
  expect(status).toBe(400);
  expect(json).toMatchObject({ code, message_detail: detail, stat: 'FAIL' });
  expect(simulator.control.pending()).toEqual([]);
});

it('takes pushinfo of 19,999 bytes', async () => {
  const simulator = await startStill();
  const params = { ...push, async: '1', pushinfo: `a=${'x'.repeat(19_997)}` };
  expect((await call(simulator, 'POST', 'auth', params)).status).toBe(200);
});

it.each([
  ['no transaction', {}, 40001],
  ['an unknown transaction', { txid: '45f7c92b-f45f-4862-8545-e0f58e78075a' }, 40002],
])('auth_status: %s', async (_what, params, code) => {
  const { json } = await call(await startStill(), 'GET', 'auth_status', params);
  expect(json).toMatchObject({ code, message_detail: 'txid' });
});

it('takes nothing from a query that no signature covers', async () => {
  const target = '/auth/v2/preauth?username=bob';
  const { json } = await sendSigned(
    await startStill(),
    '/auth/v2/preauth',
    '{"username":"carol"}',
    target,
  );
  expect(json.response).toMatchObject({ result: 'deny' });
});

it.each([
  ['a JSON list', '[]'],
  ['broken JSON', '{"username":'],
  ['a nested value', '{"username":{"a":1}}'],
])('refuses %s whose signature fits', async (_what, body) => {
  const simulator = await startStill();
  const { json } = await sendSigned(simulator, '/auth/v2/preauth', body);
  expect(json).toMatchObject({ code: 40002, message_detail: 'body' });
});

it('answers an unknown user so that the client can say what is wrong', async () => {
  const { hostname, ikey, skey, caFile } = await startStill();
  const client = new DuoClient({ hostname, ikey, skey, caFile });
  const refused = client.auth({ username: 'zoe', factor: 'push', device: 'auto' });
  await expect(refused).rejects.toMatchObject({
    duoCode: 40002,
    advice: expect.stringMatching(/may not know this user/),
  });
  client.close();
});
