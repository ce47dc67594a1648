import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  defaultIkey,
  defaultSkey,
  type LogEntry,
  startSimulator,
} from '../../src/simulator/index.ts';
import { startStill, until } from '../../testing/running-simulator.ts';
import { call, callOk, send } from './duo-caller.ts';

it('says how to reach it, and leaves nothing behind', async () => {
  const simulator = await startSimulator();
  expect(simulator).toMatchObject({ ikey: defaultIkey, skey: defaultSkey, isLoopback: true });
  expect(simulator.hostname).toMatch(/^localhost:\d+$/);
  expect(simulator.url).toBe(`https://${simulator.hostname}`);
  expect(simulator.phoneUrl).toBe(`${simulator.url}/phone#token=${simulator.controlToken}`);
  expect(simulator.phoneUrlFor('grace', 'zoë & co')).toBe(
    `${simulator.phoneUrl}&user=grace&user=zo%C3%AB%20%26%20co`,
  );
  expect(readFileSync(simulator.caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(readFileSync(simulator.caFile, 'utf8')).not.toContain('PRIVATE KEY');
  expect(statSync(simulator.caFile).mode & 0o077).toBe(0);
  await simulator.close();
  expect(existsSync(simulator.caFile)).toBe(false);
  await expect(fetch(simulator.url)).rejects.toThrow();
});

it('leaves nothing behind when its port is taken', async () => {
  const first = await startStill();
  const port = Number(new URL(first.url).port);
  const directory = mkdtempSync(join(tmpdir(), 'simulator-test-'));
  vi.stubEnv('TMPDIR', directory);
  await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  vi.unstubAllEnvs();
  expect(readdirSync(directory)).toEqual([]);
  rmdirSync(directory);
});

it('closes while a poll is held', async () => {
  const simulator = await startSimulator();
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username: 'tim',
    factor: 'push',
    device: 'auto',
    async: '1',
  });
  const poll = () => call(simulator, 'GET', 'auth_status', { txid: String(txid) });
  await poll();
  const held = poll();
  const ended = expect(held).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await simulator.close();
  await ended;
});

describe('what it sends', () => {
  it('looks like the service and says that it is none', async () => {
    const simulator = await startStill();
    const { headers } = await send(simulator, 'GET', '/auth/v2/ping', {});
    expect(headers).toMatchObject({
      server: 'Duo/1.0',
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'strict-transport-security': 'max-age=31536000',
      etag: expect.stringMatching(/^"[0-9a-f]{40}"$/),
      date: new Date(simulator.control.now()).toUTCString(),
      'x-simulator': 'xsoar-duo simulator, not the Duo service',
    });
    const refused = await send(simulator, 'GET', '/auth/v2/check', {});
    expect(refused.headers).toMatchObject({ 'x-simulator': expect.anything(), server: 'Duo/1.0' });
  });

  it('gives the logo, or 40401 where there is none', async () => {
    const withLogo = await startStill();
    const image = await call(withLogo, 'GET', 'logo');
    expect(image.headers['content-type']).toBe('image/png');
    expect(image.body.subarray(1, 4).toString()).toBe('PNG');
    const without = await startStill({
      integrations: [{ ikey: 'DIFIRSTAPPLICATION01', skey: 'x'.repeat(40), logo: false }],
    });
    expect((await call(without, 'GET', 'logo')).json.code).toBe(40401);
  });

  it('answers 413 to a body that is too long', async () => {
    const simulator = await startStill({ settings: { maxBodyBytes: 1024 } });
    const reply = await send(simulator, 'POST', '/auth/v2/auth', {}, 'x'.repeat(2000));
    expect(reply.status).toBe(413);
    expect(reply.body.toString()).toContain('Duo/1.0');
  });
});

describe('the hosts that a client may have signed', () => {
  it.each([
    ['without the port', 'localhost'],
    ['with the port', undefined],
    ['an alias', 'api-12345678.duosecurity.com'],
  ])('%s', async (_what, signedHost) => {
    const simulator = await startStill({
      settings: { hostAliases: ['API-12345678.duosecurity.com'] },
    });
    const options = signedHost === undefined ? {} : { signedHost };
    expect((await call(simulator, 'GET', 'check', {}, options)).status).toBe(200);
  });
});

it('can be set to take one signature only', async () => {
  const simulator = await startStill({ settings: { acceptedSignatures: ['v5/sha512'] } });
  expect((await call(simulator, 'GET', 'check', {}, { version: 5 })).status).toBe(200);
  expect((await call(simulator, 'GET', 'check', {}, { version: 4 })).json.code).toBe(40103);
  expect((await call(simulator, 'GET', 'check')).json.code).toBe(40103);
});

it('answers a poll whose window ended with 40002 when asked to', async () => {
  const simulator = await startStill({
    settings: { longPollExpiry: 'error', firstPollReturnsAtOnce: false },
  });
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username: 'tim',
    factor: 'push',
    device: 'auto',
    async: '1',
  });
  const poll = call(simulator, 'GET', 'auth_status', { txid: String(txid) });
  await new Promise((resolve) => setTimeout(resolve, 50));
  simulator.control.advance(30);
  expect((await poll).json).toMatchObject({ code: 40002 });
});

it('logs each request, without what is secret', async () => {
  const seen: LogEntry[] = [];
  const simulator = await startStill({}, { onRequest: (entry) => seen.push(entry) });
  await call(simulator, 'POST', 'auth', {
    username: 'grace\u001b[31m',
    factor: 'passcode',
    passcode: '100000007',
  });
  await call(simulator, 'GET', 'check', {}, { version: 5 });
  expect(seen).toMatchObject([
    {
      path: '/auth/v2/auth',
      username: 'grace?[31m',
      signature: 'v2/sha512',
      outcome: '40002 username',
    },
    { path: '/auth/v2/check', signature: 'v5/sha512', outcome: 'valid', ikey: simulator.ikey },
  ]);
  expect(simulator.control.log()).toEqual(seen);
  expect(JSON.stringify(seen)).not.toContain('100000007');
  expect(JSON.stringify(seen)).not.toContain(simulator.skey);
});

it('keeps no more of the log than it is asked to', async () => {
  const simulator = await startStill({ settings: { maxLogEntries: 2 } });
  for (let index = 0; index < 3; index += 1) {
    await call(simulator, 'GET', 'check');
  }
  expect(simulator.control.log().map(({ id }) => id)).toEqual([2, 3]);
});

it('ends what waits when it is reset', async () => {
  const simulator = await startStill();
  const answer = callOk(simulator, 'POST', 'auth', {
    username: 'tim',
    factor: 'push',
    device: 'auto',
  });
  await until(() => simulator.control.pending().length === 1);
  simulator.control.reset();
  expect(await answer).toMatchObject({ result: 'deny', status: 'timeout' });
  expect(simulator.control.pending()).toEqual([]);
});
