import { expect, it } from 'vitest';
import { openApiDocument } from '../../../src/simulator/control/openapi.ts';
import { operations } from '../../../src/simulator/control/operations.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { call, callOk, send } from '../duo-caller.ts';

const control = async (simulator: Simulator, method: string, path: string, body?: unknown) => {
  const { status, body: bytes } = await send(
    simulator,
    method,
    `/control${path}`,
    {
      authorization: `Bearer ${simulator.controlToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body === undefined ? '' : JSON.stringify(body),
  );
  return { status, json: JSON.parse(bytes.toString()) };
};

const phone = { kind: 'smartphone', name: 'Pixel', number: '+1 734 555 0199' };

it('adds, changes and removes users and devices while it runs', async () => {
  const simulator = await startStill();
  const ann = { username: 'ann', groups: ['staff'], bypass_codes: ['123456789'] };
  expect(await control(simulator, 'POST', '/users', ann)).toMatchObject({
    status: 200,
    json: { username: 'ann', bypass_codes: ['123456789'], devices: [] },
  });
  const added = await control(simulator, 'POST', '/users/ann/devices', phone);
  expect(added.json).toMatchObject({ display_name: 'Pixel (XXX-XXX-0199)', reachable: true });
  const preauth = () => callOk(simulator, 'POST', 'preauth', { username: 'ann' });
  expect(await preauth()).toMatchObject({ result: 'auth', devices: [{ name: 'Pixel' }] });

  const { id } = added.json;
  await control(simulator, 'PATCH', `/devices/${id}`, { reachable: false });
  const push = { username: 'ann', factor: 'push', device: id, async: '1' };
  const { txid } = await callOk(simulator, 'POST', 'auth', push);
  expect(simulator.control.transaction(String(txid)).status).toBe('push_failed');

  await control(simulator, 'DELETE', `/devices/${id}`);
  expect(simulator.control.transaction(String(txid)).status).toBe('deny');
  await control(simulator, 'DELETE', '/users/ann');
  expect(await preauth()).toMatchObject({ result: 'enroll' });
});

it.each([
  ['a name that is taken', { username: 'Alice' }, /Alice is taken/],
  ['an alias that is taken', { username: 'ann', aliases: ['BOB'] }, /BOB is taken/],
  ['an invalid device', { username: 'ann', devices: [{ kind: 'pager' }] }, /devices\.0\.kind/],
  ['an unknown key', { username: 'ann', answerAfterSeconds: 1 }, /answerAfterSeconds/],
])('refuses %s', async (_what, user, problem) => {
  const { status, json } = await control(await startStill(), 'POST', '/users', user);
  expect(status).toBe(400);
  expect(json.problems.join()).toMatch(problem);
});

it('names the id that is taken', async () => {
  const simulator = await startStill();
  const id = simulator.control.users()[0]?.devices[0]?.id;
  const user = { username: 'ann', devices: [{ ...phone, id }] };
  const { json } = await control(simulator, 'POST', '/users', user);
  expect(json.problems).toEqual([`${id} is taken`]);
});

it('keeps the last two hundred exchanges, and none that is too long', async () => {
  const simulator = await startStill();
  const ping = () => send(simulator, 'GET', '/auth/v2/ping', {});
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 10 }, ping));
  }
  expect(simulator.control.exchange(1)).toHaveProperty('request');
  const headers = { 'content-type': 'application/json' };
  await send(simulator, 'POST', '/auth/v2/check', headers, 'x'.repeat(70_000));
  expect(simulator.control.exchange(1)).not.toHaveProperty('request');
  expect(simulator.control.exchange(201)).not.toHaveProperty('request');
});

it('explains a wrong signature', async () => {
  const simulator = await startStill();
  const wrong = { signedHost: simulator.hostname.toUpperCase() };
  await call(simulator, 'POST', 'preauth', { username: 'alice' }, wrong);
  const { json } = await control(simulator, 'GET', '/log/1');
  expect(json).toMatchObject({
    entry: { outcome: '40103', is_open: false },
    request: { target: '/auth/v2/preauth', body: 'username=alice' },
    response: { status: 401 },
    signature: { verdict: 'mistake found', scheme: 'v2/sha512' },
  });
  expect(json.signature.mistakes).toEqual(['The host must be signed in lower case.']);
  expect((await control(simulator, 'GET', '/log/99')).status).toBe(404);
});

it('responds as its schemas say', async () => {
  const simulator = await startStill();
  await callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'push',
    device: 'auto',
    async: '1',
  });
  await callOk(simulator, 'POST', 'enroll', { username: 'henry' });
  const { txid = '', deviceId = '' } = simulator.control.pending()[0] ?? {};
  const ids: Readonly<Record<string, string>> = {
    '/devices/:id': deviceId,
    '/transactions/:id': txid,
    '/log/:id': '1',
  };
  for (const { method, path, response } of operations.filter((one) => one.method === 'GET')) {
    const { json, status } = await control(simulator, method, path.replace(':id', ids[path] ?? ''));
    expect(status).toBe(200);
    expect(response.safeParse(json).error, path).toBeUndefined();
  }
});

it('is described as OpenAPI', async () => {
  const { json } = await control(await startStill(), 'GET', '/openapi.json');
  expect(json).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/simulator-openapi.json',
  );
});
