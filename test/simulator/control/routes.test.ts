import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { call, callOk, send } from '../duo-caller.ts';

const control = async (simulator: Simulator, method: string, path: string, body?: unknown) => {
  const reply = await send(
    simulator,
    method,
    `/control${path}`,
    {
      authorization: `Bearer ${simulator.controlToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body === undefined ? '' : JSON.stringify(body),
  );
  return { status: reply.status, json: JSON.parse(reply.body.toString()) };
};

describe('the token', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer guess' }],
    ['another scheme', { authorization: 'Basic Z3Vlc3M=' }],
  ])('is asked for: %s', async (_what, headers) => {
    const simulator = await startStill();
    for (const path of ['/users', '/log', '/events', '/transactions']) {
      expect((await send(simulator, 'GET', `/control${path}`, headers)).status).toBe(401);
    }
    expect((await send(simulator, 'POST', '/control/reset', headers)).status).toBe(401);
  });
});

it('shows and changes users', async () => {
  const simulator = await startStill();
  const { json: users } = await control(simulator, 'GET', '/users');
  expect(users.map(({ username }: { username: string }) => username)).toContain('alice');
  await control(simulator, 'PATCH', '/users/alice', { status: 'disabled' });
  expect(await callOk(simulator, 'POST', 'preauth', { username: 'alice' })).toMatchObject({
    result: 'deny',
  });
});

it('shows pending pushes and answers one', async () => {
  const simulator = await startStill();
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'push',
    device: 'auto',
    async: '1',
    pushinfo: 'Case=INC-1042&From=XSOAR',
    ipaddr: '192.0.2.7',
  });
  const { json: pending } = await control(simulator, 'GET', '/transactions');
  expect(pending).toMatchObject([
    {
      txid,
      username: 'grace',
      ip_address: '192.0.2.7',
      status: 'pushed',
      needs_code: false,
      push_info: [
        { name: 'Case', value: 'INC-1042' },
        { name: 'From', value: 'XSOAR' },
      ],
    },
  ]);
  const path = `/transactions/${txid}/answer`;
  expect((await control(simulator, 'POST', path, { answer: 'fraud' })).json).toEqual({
    outcome: 'done',
  });
  expect((await control(simulator, 'POST', path, { answer: 'approve' })).json).toEqual({
    outcome: 'ended',
  });
  expect((await control(simulator, 'GET', `/transactions/${txid}`)).json).toMatchObject({
    result: 'deny',
    status: 'fraud',
  });
});

it('shows what a phone shows, and what is over for a minute more', async () => {
  const simulator = await startStill();
  const grace = simulator.control.users().find(({ username }) => username === 'grace');
  const id = grace?.devices[0]?.id ?? '';
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'push',
    device: id,
    async: '1',
  });
  const shown = async () => (await control(simulator, 'GET', `/devices/${id}`)).json.transactions;
  expect(await shown()).toMatchObject([{ txid, status: 'pushed' }]);
  simulator.control.answer(String(txid), 'approve');
  simulator.control.advance(59);
  expect(await shown()).toMatchObject([{ txid, status: 'allow' }]);
  simulator.control.advance(1);
  expect(await shown()).toEqual([]);
  const next = await control(simulator, 'POST', `/devices/${id}/next-passcode`);
  expect(next.json.passcode).toMatch(/^\d{6}$/);
});

it('claims an activation code', async () => {
  const simulator = await startStill();
  await callOk(simulator, 'POST', 'enroll', { username: 'henry' });
  const { json: open } = await control(simulator, 'GET', '/activations');
  expect(open).toMatchObject([{ username: 'henry' }]);
  const claimed = await control(simulator, 'POST', '/activations', {
    code: open[0].code,
    name: 'Pixel',
  });
  expect(claimed.json).toMatchObject({ display_name: 'Pixel', kind: 'smartphone' });
  expect((await control(simulator, 'GET', '/activations')).json).toEqual([]);
});

it('sets faults, moves the clock, shows the log and resets', async () => {
  const simulator = await startStill();
  const before = simulator.control.now();
  await control(simulator, 'PUT', '/faults', { faults: [{ kind: 'error', code: 50000 }] });
  expect((await call(simulator, 'GET', 'check')).json.code).toBe(50000);
  await control(simulator, 'POST', '/advance', { seconds: 90 });
  expect((await control(simulator, 'GET', '/clock')).json.now_ms).toBe(before + 90_000);
  const { json: log } = await control(simulator, 'GET', '/log');
  expect(log).toMatchObject([{ path: '/auth/v2/check', status: 500, faults: ['error'] }]);
  await control(simulator, 'POST', '/reset');
  expect((await control(simulator, 'GET', '/log')).json).toEqual([]);
  expect((await control(simulator, 'GET', '/faults')).json).toEqual([]);
});

it('says what is wrong with a request', async () => {
  const simulator = await startStill();
  const refused = await control(simulator, 'PUT', '/faults', { faults: [{ kind: 'meteor' }] });
  expect(refused.status).toBe(400);
  expect(refused.json.problems[0]).toContain('faults.0.kind');
  expect((await control(simulator, 'GET', '/devices/DPNONE')).status).toBe(404);
  expect((await control(simulator, 'GET', '/transactions/none')).status).toBe(404);
  expect((await control(simulator, 'PATCH', '/users/nobody', {})).status).toBe(404);
  expect((await control(simulator, 'POST', '/activations', { code: 'X' })).status).toBe(404);
});

it('refuses a body that is no JSON', async () => {
  const simulator = await startStill();
  const headers = {
    authorization: `Bearer ${simulator.controlToken}`,
    'content-type': 'application/json',
  };
  expect((await send(simulator, 'POST', '/control/advance', headers, '{')).status).toBe(400);
  const asText = { ...headers, 'content-type': 'text/plain' };
  expect((await send(simulator, 'POST', '/control/advance', asText, '{}')).status).toBe(415);
});
