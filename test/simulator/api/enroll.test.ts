import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk, send } from '../duo-caller.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

const enrollStatus = (simulator: Simulator, userId: unknown, code: unknown) =>
  callOk(simulator, 'POST', 'enroll_status', {
    user_id: String(userId),
    activation_code: String(code),
  });

const pathOf = (url: unknown): string => {
  const { pathname, search } = new URL(String(url));
  return pathname + search;
};

describe('enroll', () => {
  it('gives a user and a code to activate a phone with', async () => {
    const simulator = await startStill();
    const enrolled = await callOk(simulator, 'POST', 'enroll', { username: 'henry' });
    const host = Buffer.from(simulator.hostname).toString('base64').replace(/=+$/, '');
    const uri = String(enrolled.activation_code);
    expect(uri).toMatch(new RegExp(`^duo://[A-Z0-9]{20}-${host}$`));
    expect(enrolled).toEqual({
      activation_barcode: `${simulator.url}/frame/qr?value=${encodeURIComponent(uri)}`,
      activation_code: uri,
      activation_url: `${simulator.url}/activate/${uri.slice(6, 26)}`,
      expiration: Math.floor((simulator.control.now() + 86_400_000) / 1000),
      user_id: expect.stringMatching(/^DU[A-Z0-9]{18}$/),
      username: 'henry',
    });
  });

  it('makes a name up, and bypass codes that work', async () => {
    const simulator = await startStill();
    const enrolled = await callOk(simulator, 'POST', 'enroll', { bypass_codes: '2' });
    const username = String(enrolled.username);
    expect(username).toMatch(/^[0-9a-f]{32}$/);
    const [passcode] = enrolled.bypass_codes as readonly string[];
    expect(enrolled.bypass_codes).toHaveLength(2);
    expect(
      await callOk(simulator, 'POST', 'auth', {
        username,
        factor: 'passcode',
        passcode: String(passcode),
      }),
    ).toMatchObject({ result: 'allow' });
  });

  it.each([
    [{ username: 'ALICE' }, 'username already exists'],
    [{ valid_secs: '0' }, 'valid_secs'],
    [{ valid_secs: 'soon' }, 'valid_secs'],
    [{ bypass_codes: '11' }, 'bypass_codes'],
  ])('refuses %j', async (params, detail) => {
    const failed = callOk(await startStill(), 'POST', 'enroll', params);
    await expect(failed).rejects.toThrow(new RegExp(`40002.*"${detail}"`));
  });
});

describe('enroll_status', () => {
  it('goes from waiting to success, and the phone works', async () => {
    const simulator = await startStill();
    const { user_id, activation_code } = await callOk(simulator, 'POST', 'enroll', {
      username: 'henry',
    });
    expect(await enrollStatus(simulator, user_id, activation_code)).toBe('waiting');
    expect(simulator.control.claim(String(activation_code), { name: 'Pixel' })).toMatchObject({
      displayName: 'Pixel',
    });
    expect(await enrollStatus(simulator, user_id, activation_code)).toBe('success');
    expect(simulator.control.claim(String(activation_code))).toBeUndefined();
    const { devices } = await callOk(simulator, 'POST', 'preauth', { username: 'henry' });
    expect(devices).toMatchObject([
      { name: 'Pixel', capabilities: ['auto', 'push', 'mobile_otp'] },
    ]);
  });

  it('is invalid when the code has expired or is of another user', async () => {
    const simulator = await startStill();
    const { user_id, activation_code } = await callOk(simulator, 'POST', 'enroll', {
      valid_secs: '60',
    });
    const bob = simulator.control.users().find(({ username }) => username === 'bob')?.id;
    expect(await enrollStatus(simulator, bob, activation_code)).toBe('invalid');
    expect(await enrollStatus(simulator, user_id, 'duo://nonsense')).toBe('invalid');
    simulator.control.advance(60);
    expect(await enrollStatus(simulator, user_id, activation_code)).toBe('invalid');
    expect(simulator.control.claim(String(activation_code))).toBeUndefined();
  });

  it.each([
    [{ activation_code: 'x' }, /40001.*user_id/],
    [{ user_id: 'DU000000000000000000' }, /40001.*activation_code/],
    [{ user_id: 'DU000000000000000000', activation_code: 'x' }, /40002.*user_id/],
  ])('refuses %j', async (params, problem) => {
    const failed = callOk(await startStill(), 'POST', 'enroll_status', params);
    await expect(failed).rejects.toThrow(problem);
  });
});

describe('the pages behind the links', () => {
  it('activate a phone once', async () => {
    const simulator = await startStill();
    const enrolled = await callOk(simulator, 'POST', 'enroll', { username: '<henry>' });
    const path = pathOf(enrolled.activation_url);
    const page = await send(simulator, 'GET', path, {});
    expect(page.body.toString()).toContain('&lt;henry&gt;');
    expect(page.headers['x-simulator']).toContain('not the Duo service');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await send(simulator, 'POST', path, form, 'name=Pixel')).status).toBe(200);
    expect((await send(simulator, 'POST', path, form, 'name=Pixel')).status).toBe(404);
    expect((await send(simulator, 'GET', path, {})).status).toBe(404);
    expect(await callOk(simulator, 'POST', 'preauth', { username: '<henry>' })).toMatchObject({
      result: 'auth',
    });
  });

  it.each(['dave', 'stranger'])('enroll %s through the portal once, in time', async (username) => {
    const simulator = await startStill();
    const link = async () =>
      pathOf((await callOk(simulator, 'POST', 'preauth', { username })).enroll_portal_url);
    const late = await link();
    simulator.control.advance(300);
    expect((await send(simulator, 'GET', late, {})).status).toBe(404);
    const path = await link();
    expect((await send(simulator, 'GET', path, {})).status).toBe(200);
    expect((await send(simulator, 'POST', path, form, 'number=%2B1+734+555+0199')).status).toBe(
      200,
    );
    expect((await send(simulator, 'POST', path, form, '')).status).toBe(404);
    const { devices } = await callOk(simulator, 'POST', 'preauth', { username });
    expect(devices).toMatchObject([{ number: 'XXX-XXX-0199' }]);
  });

  it('draw the QR code', async () => {
    const simulator = await startStill();
    const enrolled = await callOk(simulator, 'POST', 'enroll');
    const image = await send(simulator, 'GET', pathOf(enrolled.activation_barcode), {});
    expect(image.headers['content-type']).toBe('image/png');
    expect(image.body.subarray(1, 4).toString()).toBe('PNG');
    expect((await send(simulator, 'GET', '/frame/qr', {})).status).toBe(404);
    expect((await send(simulator, 'GET', '/frame/qr?value=a&value=b', {})).status).toBe(404);
  });
});
