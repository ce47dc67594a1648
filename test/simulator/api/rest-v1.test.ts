import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill, until } from '../../../testing/running-simulator.ts';
import { callOk, canonicalQuery, type Params, send } from '../duo-caller.ts';

describe('text_prompt, as login_duo 2.2 asks for it', () => {
  const ask = (simulator: Simulator, username: string, more = {}) =>
    callOk(simulator, 'POST', 'preauth', {
      username,
      text_prompt: '1',
      failmode: 'closed',
      ...more,
    });
  const choose = (simulator: Simulator, username: string, prompt: string, more = {}) =>
    callOk(simulator, 'POST', 'auth', { username, factor: 'prompt', prompt, async: '1', ...more });

  it('lists what can be chosen', async () => {
    const { prompt } = await ask(await startStill(), 'grace');
    expect(prompt).toEqual({
      text: [
        'Second factor for grace: choose a number or type a passcode.',
        '',
        " 1. Duo Push to Grace's phone (XXX-XXX-0107)",
        " 2. Phone call to Grace's phone (XXX-XXX-0107)",
        " 3. SMS passcodes to Grace's phone (XXX-XXX-0107)",
        ' 4. Duo Push to Kitchen tablet',
        ' 5. Phone call to Office (XXX-XXX-0170)',
        '',
        'Number (1-5) or passcode: ',
      ].join('\n'),
      factors: {
        default: 'push1',
        1: 'push1',
        2: 'phone1',
        3: 'sms1',
        4: 'push2',
        5: 'phone3',
      },
    });
  });

  it('gives the link to who must enroll', async () => {
    const { prompt, enroll_portal_url: url } = await ask(await startStill(), 'dave');
    expect(prompt).toEqual({ text: `Enroll an authentication device to proceed: ${url}` });
  });

  it('says nothing of it unasked', async () => {
    const plain = await callOk(await startStill(), 'POST', 'preauth', { username: 'grace' });
    expect(plain).not.toHaveProperty('prompt');
  });

  it('takes the code of a factor, or a passcode', async () => {
    const simulator = await startStill();
    await choose(simulator, 'grace', 'phone3');
    expect(simulator.control.pending()).toMatchObject([{ factor: 'phone', status: 'calling' }]);
    const { txid } = await choose(simulator, 'grace', '100000007');
    expect(simulator.control.transaction(String(txid))).toMatchObject({ result: 'allow' });
    await expect(choose(simulator, 'grace', 'push9')).rejects.toThrow(/40002.*no capable device/);
  });

  it('offers a verified push by that name', async () => {
    const simulator = await startStill();
    const asked = await ask(simulator, 'vera', { client_supports_verified_push: '1' });
    expect(asked).toMatchObject({ prompt: { factors: { default: 'verified_push1' } } });
    await expect(choose(simulator, 'vera', 'verified_push1')).rejects.toThrow(/40001.*txid/);
    await choose(simulator, 'vera', 'verified_push1', { txid: String(asked.txid) });
    expect(simulator.control.pending()).toMatchObject([{ needsCode: true, txid: asked.txid }]);
  });
});

describe('version 1, as login_duo up to 2.0 speaks it', () => {
  const rest = async (
    simulator: Simulator,
    method: 'GET' | 'POST',
    endpoint: string,
    params: Params,
    hash = 'sha1',
  ) => {
    const path = `/rest/v1/${endpoint}`;
    const form = canonicalQuery(params);
    const text = [method, simulator.hostname, path, form].join('\n');
    const signature = createHmac(hash, simulator.skey).update(text).digest('hex');
    const credentials = Buffer.from(`${simulator.ikey}:${signature}`).toString('base64');
    const headers = {
      authorization: `Basic ${credentials}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const target = method === 'GET' ? `${path}?${form}` : path;
    return (await send(simulator, method, target, headers, method === 'POST' ? form : '')).json;
  };

  it.each([
    ['grace', { result: 'auth', factors: { default: 'push1' } }],
    ['bob', { result: 'allow', status: 'Bypassing authentication' }],
    ['carol', { result: 'deny' }],
    ['leo', { result: 'deny' }],
    ['dave', { result: 'enroll', status: expect.stringContaining('/portal?code=') }],
  ])('preauth: %s', async (user, response) => {
    const simulator = await startStill();
    for (const endpoint of ['preauth', 'preauth.json']) {
      expect((await rest(simulator, 'POST', endpoint, { user })).response).toMatchObject(response);
    }
    expect(simulator.control.log().at(-1)).toMatchObject({ signature: 'v1/sha1', username: user });
  });

  it('auth and status', async () => {
    const simulator = await startStill();
    const auth = (params: Params) => rest(simulator, 'POST', 'auth', params, 'sha512');
    const { response } = await auth({ user: 'grace', factor: 'auto', auto: 'push1', async: '1' });
    const txid = String(response?.txid);
    const status = () => rest(simulator, 'GET', 'status', { txid });
    expect((await status()).response).toEqual({
      status: 'Pushed a login request to your device...',
    });
    simulator.control.answer(txid, 'approve');
    expect((await status()).response).toEqual({
      result: 'allow',
      status: 'Success. Logging you in...',
    });
    const passcode = { user: 'grace', factor: 'passcode', code: '100000007' };
    expect((await auth(passcode)).response).toMatchObject({ result: 'allow' });
    expect((await auth({ ...passcode, async: '1' })).response).toHaveProperty('txid');
    const sms = { user: 'grace', factor: 'sms', phone: 'phone1' };
    expect((await auth(sms)).response).toMatchObject({ result: 'deny' });
    expect((await auth({ user: 'grace', factor: 'pigeon' })).code).toBe(40002);
  });

  // The forms that duo_openvpn documents: a factor without a digit, or `auto`, typed as a password.
  it.each([
    ['auto', { status: 'pushed', factor: 'push' }],
    ['push', { status: 'pushed', factor: 'push' }],
    ['phone', { status: 'calling', factor: 'phone' }],
    ['sms', { status: 'sent', factor: 'sms', result: 'deny' }],
  ])('takes a bare %s, which is no failed passcode', async (auto, transaction) => {
    const simulator = await startStill({ settings: { lockoutAfterFailures: 1 } });
    const { response } = await rest(simulator, 'POST', 'auth', {
      user: 'grace',
      factor: 'auto',
      auto,
      async: '1',
    });
    expect(simulator.control.transaction(String(response?.txid))).toMatchObject(transaction);
    const grace = simulator.control.users().find(({ username }) => username === 'grace');
    expect(grace).toMatchObject({ failures: 0, status: 'active' });
  });

  it.each(['push', 'phone'])('takes a bare %s as the factor itself', async (factor) => {
    const simulator = await startStill();
    await rest(simulator, 'POST', 'auth', { user: 'grace', factor, async: '1' });
    expect(simulator.control.pending()).toMatchObject([{ factor }]);
  });

  it('refuses a bare factor that no device of the user has', async () => {
    const simulator = await startStill();
    const { code } = await rest(simulator, 'POST', 'auth', {
      user: 'olga',
      factor: 'auto',
      auto: 'push7',
    });
    expect(code).toBe(40002);
  });

  it('holds a synchronous auth', async () => {
    const simulator = await startStill();
    const answer = rest(simulator, 'POST', 'auth', { user: 'alice', factor: 'auto' });
    await until(() => simulator.control.pending().length === 1);
    simulator.control.advance(1);
    expect((await answer).response).toMatchObject({ result: 'allow' });
  });

  it('is refused on version 2, and without version 1', async () => {
    const simulator = await startStill();
    const text = ['GET', simulator.hostname, '/auth/v2/check', ''].join('\n');
    const signature = createHmac('sha1', simulator.skey).update(text).digest('hex');
    const credentials = Buffer.from(`${simulator.ikey}:${signature}`).toString('base64');
    const headers = { authorization: `Basic ${credentials}` };
    expect((await send(simulator, 'GET', '/auth/v2/check', headers)).json.code).toBe(40104);
    const modern = await startStill({ settings: { acceptedSignatures: ['v2/sha512'] } });
    expect((await rest(modern, 'POST', 'preauth', { user: 'bob' })).code).toBe(40103);
  });

  it('takes no version 2 signature over an empty date', async () => {
    const simulator = await startStill();
    const text = ['', 'POST', simulator.hostname, '/rest/v1/preauth', 'user=bob'].join('\n');
    const signature = createHmac('sha512', simulator.skey).update(text).digest('hex');
    const credentials = Buffer.from(`${simulator.ikey}:${signature}`).toString('base64');
    const headers = {
      authorization: `Basic ${credentials}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const reply = await send(simulator, 'POST', '/rest/v1/preauth', headers, 'user=bob');
    expect(reply.json.code).toBe(40103);
  });
});
