import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApplication } from '../../examples/express/application.ts';
import { DuoClient } from '../../src/index.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
let server: Server;
let duo: DuoClient;
let origin: string;

beforeEach(async () => {
  const { hostname, ikey, skey, caFile } = simulator();
  duo = new DuoClient({ hostname, ikey, skey, caFile });
  const app = createApplication(duo, (request, response, next) => {
    response.locals['username'] = request.get('x-user');
    next();
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  duo.close();
  server.closeAllConnections();
  server.close();
});

const call = async (method: string, username: string) => {
  const response = await fetch(`${origin}/accounts/7`, { method, headers: { 'x-user': username } });
  return { status: response.status, body: await response.json() };
};

it('asks for no approval to read', async () => {
  expect(await call('GET', 'erin')).toEqual({ status: 200, body: { account: '7' } });
});

it('deletes once the user has approved, and the phone shows what', async () => {
  const answer = call('DELETE', 'grace');
  await expect.poll(() => simulator().control.pending()).toHaveLength(1);
  const [push] = simulator().control.pending();
  expect(push).toMatchObject({ title: 'Delete account', username: 'grace' });
  expect(push?.pushInfo).toEqual([{ name: 'Path', value: '/accounts/7' }]);
  simulator().control.answer(push?.txid ?? '', 'approve');
  expect(await answer).toEqual({ status: 200, body: { deleted: '7' } });
});

it.each([
  ['erin', 403, 'denies'],
  ['frank', 403, 'reports fraud'],
  ['carol', 403, 'is disabled'],
])('%s: %i, because this user %s', async (username, status) => {
  expect((await call('DELETE', username)).status).toBe(status);
});

it('deletes nothing when Duo fails', async () => {
  simulator().control.setFaults([{ kind: 'error', code: 50000 }]);
  expect(await call('DELETE', 'alice')).toEqual({ status: 503, body: { error: 'duo_refused' } });
});
