import { describe, expect, it } from 'vitest';
import type { Simulator, SimulatorConfig } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { type CalledReply, call, callOk, send } from '../duo-caller.ts';

const otherKey = 'DIOTHERAPPLICATION01';
const disabledKey = 'DIDISABLEDAPPLICAT01';
const skey = 'AnotherMadeUpSecretKeyOfFortyCharacters0';

const applications: SimulatorConfig = {
  integrations: [
    { ikey: 'DIFIRSTAPPLICATION01', skey },
    { ikey: otherKey, skey, type: 'other' },
    { ikey: disabledKey, skey, enabled: false },
  ],
};

const expectRefusal = (
  reply: CalledReply,
  code: number,
  message: string,
  detail?: string,
): void => {
  expect(reply.status).toBe(Math.floor(code / 100));
  expect(reply.headers['content-type']).toBe('application/json');
  expect(reply.json).toEqual({
    code,
    message,
    ...(detail === undefined ? {} : { message_detail: detail }),
    stat: 'FAIL',
  });
};

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('credentials', () => {
  it.each([
    ['none', {}],
    ['another scheme', { authorization: 'Bearer x' }],
    ['no signature', { authorization: `Basic ${Buffer.from('DIKEY').toString('base64')}` }],
  ])('40101: %s', async (_what, headers) => {
    const reply = await send(await startStill(), 'GET', '/auth/v2/check', headers);
    expectRefusal(reply, 40101, 'Missing request credentials');
  });

  it('40102: an unknown integration key', async () => {
    const reply = await call(await startStill(), 'GET', 'check', {}, { ikey: otherKey });
    expectRefusal(reply, 40102, 'Invalid integration key in request credentials');
  });

  it.each([
    ['another secret key', { skey }],
    ['another host', { signedHost: 'api-12345678.duosecurity.com' }],
    ['another key, version 5', { skey, version: 5 as const }],
    ['SHA-1 of another key', { skey, hash: 'sha1' as const }],
  ])('40103: %s', async (_what, options) => {
    const reply = await call(await startStill(), 'GET', 'check', {}, options);
    expectRefusal(reply, 40103, 'Invalid signature in request credentials');
  });

  it('40103: parameters that were not signed', async () => {
    const simulator = await startStill();
    const reply = await call(simulator, 'GET', 'check', {}, { path: '/auth/v2/check?more=1' });
    expect(reply.json.code).toBe(40103);
  });
});

describe('the date', () => {
  it('40104: none', async () => {
    const simulator = await startStill();
    const credentials = Buffer.from(`${simulator.ikey}:${'0'.repeat(40)}`).toString('base64');
    const headers = { authorization: `Basic ${credentials}` };
    const reply = await send(simulator, 'GET', '/auth/v2/check', headers);
    expectRefusal(reply, 40104, 'Missing request timestamp');
  });

  it.each([
    ['too old', -301],
    ['too new', 301],
  ])('40105: %s', async (_what, offsetSeconds) => {
    const simulator = await startStill();
    const date = new Date(simulator.control.now() + offsetSeconds * 1000).toUTCString();
    const reply = await call(simulator, 'GET', 'check', {}, { date });
    expectRefusal(reply, 40105, 'Bad request timestamp');
  });

  it('40105: no date at all', async () => {
    const reply = await call(await startStill(), 'GET', 'check', {}, { date: 'yesterday' });
    expectRefusal(reply, 40105, 'Bad request timestamp');
  });

  it.each([-299, 299])('may be off by %i seconds', async (offsetSeconds) => {
    const simulator = await startStill();
    const date = new Date(simulator.control.now() + offsetSeconds * 1000).toUTCString();
    expect((await call(simulator, 'GET', 'check', {}, { date })).status).toBe(200);
  });

  it('is read from X-Duo-Date first', async () => {
    const simulator = await startStill();
    const date = new Date(simulator.control.now()).toUTCString();
    const headers = { Date: 'Thu, 01 Jan 2015 00:00:00 GMT', 'X-Duo-Date': date };
    expect((await call(simulator, 'GET', 'check', {}, { date, headers })).status).toBe(200);
  });
});

it.each([
  ['text', { 'content-type': 'text/plain' }],
  ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['something unreadable', { 'content-type': 'not a type' }],
])('40106: %s', async (_what, headers) => {
  const reply = await send(await startStill(), 'POST', '/auth/v2/preauth', headers, 'username=a');
  expectRefusal(reply, 40106, 'Invalid request content type');
});

describe('applications', () => {
  it('40301: another kind of application', async () => {
    const reply = await call(
      await startStill(applications),
      'GET',
      'check',
      {},
      { ikey: otherKey },
    );
    expectRefusal(reply, 40301, 'Access forbidden', 'Wrong integration type for this API.');
  });

  it('40301: a disabled application', async () => {
    const simulator = await startStill(applications);
    const reply = await call(simulator, 'GET', 'check', {}, { ikey: disabledKey });
    expectRefusal(reply, 40301, 'Access forbidden');
  });

  it('a transaction belongs to the key that started it', async () => {
    const second = { ikey: 'DISECONDAPPLICATION1', skey };
    const simulator = await startStill({
      integrations: [{ ikey: 'DIFIRSTAPPLICATION01', skey }, second],
    });
    const { txid } = await callOk(simulator, 'POST', 'auth', {
      username: 'tim',
      factor: 'push',
      device: 'auto',
      async: '1',
    });
    const foreign = await call(simulator, 'GET', 'auth_status', { txid: String(txid) }, second);
    expectRefusal(foreign, 40002, 'Invalid request parameters', 'txid');
  });
});

describe('routes', () => {
  it.each(['/auth/v2/nothing', '/auth/v2/check/', '/AUTH/V2/CHECK', '/'])(
    '40401: %s',
    async (path) => {
      expectRefusal(await send(await startStill(), 'GET', path, {}), 40401, 'Resource not found');
    },
  );

  it.each([
    ['POST', 'ping'],
    ['POST', 'check'],
    ['POST', 'logo'],
    ['GET', 'enroll'],
    ['GET', 'enroll_status'],
    ['GET', 'preauth'],
    ['GET', 'auth'],
    ['POST', 'auth_status'],
    ['DELETE', 'auth'],
    ['PUT', 'preauth'],
    ['PROPFIND', 'ping'],
  ])('40501: %s %s', async (method, endpoint) => {
    const reply = await send(await startStill(), method, `/auth/v2/${endpoint}`, form);
    expectRefusal(reply, 40501, 'Method not allowed');
  });
});

describe('other APIs of Duo', () => {
  it.each(['/admin/v1/users', '/accounts/v1/account/list'])('40301: %s', async (path) => {
    const reply = await send(await startStill(), 'GET', path, {});
    expect(reply.json).toMatchObject({
      code: 40301,
      message_detail: 'Wrong integration type for this API.',
    });
  });
});

describe('rates', () => {
  it('42901 with Retry-After: too many requests of an integration', async () => {
    const simulator = await startStill({ settings: { requestsPerMinute: 2 } });
    const check = () => call(simulator, 'GET', 'check');
    await check();
    await check();
    simulator.control.advance(20);
    const refused = await check();
    expectRefusal(refused, 42901, 'Too many requests');
    expect(refused.headers['retry-after']).toBe('40');
    simulator.control.advance(40);
    expect((await check()).status).toBe(200);
  });

  it('42901 with X-Retry-After: too many authentications of a user', async () => {
    const simulator = await startStill({
      settings: { authsPerUserPerMinute: 1, retryAfterHeader: 'X-Retry-After' },
    });
    const sms = (username: string) =>
      call(simulator, 'POST', 'auth', { username, factor: 'sms', device: 'auto' });
    expect((await sms('grace')).status).toBe(200);
    const refused = await sms('grace');
    expectRefusal(refused, 42901, 'Too many requests');
    expect(refused.headers['x-retry-after']).toBe('60');
    expect((await sms('alice')).status).toBe(200);
  });

  it('42901: too many transactions', async () => {
    const simulator = await startStill({ settings: { maxTransactions: 1 } });
    const push = () =>
      call(simulator, 'POST', 'auth', {
        username: 'tim',
        factor: 'push',
        device: 'auto',
        async: '1',
      });
    expect((await push()).status).toBe(200);
    expectRefusal(await push(), 42901, 'Too many requests');
    simulator.control.advance(60 + 301);
    expect((await push()).status).toBe(200);
  });
});

describe('the order of checks', () => {
  const everything = async (simulator: Simulator, path: string, headers: Record<string, string>) =>
    (await send(simulator, 'POST', path, headers, 'a')).json.code;

  it('goes from the route to the signature', async () => {
    const simulator = await startStill();
    const basic = (ikey: string, sig: string) =>
      `Basic ${Buffer.from(`${ikey}:${sig}`).toString('base64')}`;
    const path = '/auth/v2/preauth';
    const stale = 'Thu, 01 Jan 2015 00:00:00 GMT';
    const known = basic(simulator.ikey, '0'.repeat(40));
    expect(await everything(simulator, '/auth/v2/none', {})).toBe(40401);
    expect(await everything(simulator, '/auth/v2/check', {})).toBe(40501);
    expect(await everything(simulator, path, { 'content-type': 'text/plain' })).toBe(40106);
    expect(await everything(simulator, path, form)).toBe(40101);
    expect(await everything(simulator, path, { ...form, authorization: basic('DI', '0') })).toBe(
      40102,
    );
    expect(await everything(simulator, path, { ...form, authorization: known })).toBe(40104);
    expect(await everything(simulator, path, { ...form, authorization: known, date: stale })).toBe(
      40105,
    );
  });
});
