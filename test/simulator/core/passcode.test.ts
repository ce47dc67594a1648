import { describe, expect, it } from 'vitest';
import type { Simulator, SimulatorConfig } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

const use = (simulator: Simulator, passcode: string, username = 'grace') =>
  callOk(simulator, 'POST', 'auth', { username, factor: 'passcode', passcode });

const allowed = { result: 'allow', status: 'allow', status_msg: 'Success. Logging you in...' };
const refused = {
  result: 'deny',
  status: 'deny',
  status_msg: 'Incorrect passcode. Please try again.',
};

const alreadyUsed = {
  ...refused,
  status_msg: 'This passcode has already been used. Please generate a new passcode and try again.',
};

const deviceOf = (simulator: Simulator, username: string, kind: string): string => {
  const user = simulator.control.users().find((one) => one.username === username);
  return user?.devices.find((device) => device.kind === kind)?.id ?? '';
};

it('takes a bypass code once, and only from its owner', async () => {
  const simulator = await startStill();
  expect(await use(simulator, '100000007', 'alice')).toEqual(refused);
  expect(await use(simulator, '100 000 007')).toEqual(allowed);
  expect(await use(simulator, '100000007')).toEqual(alreadyUsed);
});

describe('a hardware token', () => {
  // RFC 4226, appendix D: the codes of the secret "12345678901234567890".
  const rfcCodes = ['755224', '287082', '359152', '969429', '338314'];
  const withToken: SimulatorConfig = {
    users: [
      {
        username: 'grace',
        devices: [{ kind: 'token', name: '7', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }],
      },
    ],
  };

  it('makes the codes of RFC 4226', async () => {
    const simulator = await startStill(withToken);
    const token = deviceOf(simulator, 'grace', 'token');
    expect(simulator.control.phone(token).passcode).toBe(rfcCodes[0]);
    expect(rfcCodes.slice(1).map(() => simulator.control.nextPasscode(token))).toEqual(
      rfcCodes.slice(1),
    );
  });

  it('has each code good once, and none that was skipped', async () => {
    const simulator = await startStill(withToken);
    expect(await use(simulator, '359152')).toEqual(allowed);
    expect(await use(simulator, '359152')).toEqual(alreadyUsed);
    expect(await use(simulator, '755224')).toEqual(alreadyUsed);
    expect(await use(simulator, '969429')).toEqual(allowed);
  });

  it('is not looked ahead for without end', async () => {
    const simulator = await startStill({ ...withToken, settings: { passcodeLookAhead: 2 } });
    expect(await use(simulator, '969429')).toEqual(refused);
    expect(await use(simulator, '359152')).toEqual(allowed);
  });
});

it('takes the passcode of Duo Mobile once', async () => {
  const simulator = await startStill();
  const phone = deviceOf(simulator, 'grace', 'smartphone');
  const passcode = simulator.control.phone(phone).passcode ?? '';
  expect(await use(simulator, passcode, 'alice')).toEqual(refused);
  expect(await use(simulator, passcode)).toEqual(allowed);
  expect(await use(simulator, passcode)).toEqual(alreadyUsed);
  expect(await use(simulator, simulator.control.nextPasscode(phone))).toEqual(allowed);
});

describe('SMS passcodes', () => {
  const send = (simulator: Simulator) =>
    callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'sms', device: 'auto' });
  const nextDigit = async (simulator: Simulator) => {
    const { devices } = await callOk(simulator, 'POST', 'preauth', { username: 'grace' });
    const [first] = devices as readonly { readonly sms_nextcode?: string }[];
    return first?.sms_nextcode;
  };
  const codes = (simulator: Simulator) =>
    simulator.control.phone(deviceOf(simulator, 'grace', 'smartphone')).smsPasscodes;

  it('are announced by their first digit and good once', async () => {
    const simulator = await startStill();
    expect(await nextDigit(simulator)).toBeUndefined();
    expect(await send(simulator)).toEqual({
      result: 'deny',
      status: 'sent',
      status_msg: 'New SMS passcodes sent.',
    });
    const [first = '', second = '', third = ''] = codes(simulator);
    expect(codes(simulator)).toHaveLength(10);
    expect(await nextDigit(simulator)).toBe('1');
    expect(await use(simulator, first)).toEqual(allowed);
    expect(await nextDigit(simulator)).toBe('2');
    expect(await use(simulator, first)).toEqual(alreadyUsed);
    expect(await use(simulator, third)).toEqual(allowed);
    expect(await use(simulator, second)).toEqual(alreadyUsed);
    expect(await nextDigit(simulator)).toBe('4');
  });

  it('are void when a new batch goes out', async () => {
    const simulator = await startStill();
    await send(simulator);
    const [old = ''] = codes(simulator);
    await send(simulator);
    const [fresh = ''] = codes(simulator);
    if (old !== fresh) {
      expect(await use(simulator, old)).toEqual(refused);
    }
    expect(await use(simulator, fresh)).toEqual(allowed);
  });

  it('expire when settings say so', async () => {
    const simulator = await startStill({ settings: { smsExpiresInSeconds: 60, smsBatchSize: 1 } });
    await send(simulator);
    const [code = ''] = codes(simulator);
    simulator.control.advance(60);
    expect(await use(simulator, code)).toEqual(refused);
    expect(await nextDigit(simulator)).toBeUndefined();
  });
});

it('gives a transaction for a passcode too, when asked to', async () => {
  const simulator = await startStill();
  const { txid } = await callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'passcode',
    passcode: '100000007',
    async: '1',
  });
  expect(await callOk(simulator, 'GET', 'auth_status', { txid: String(txid) })).toMatchObject({
    result: 'allow',
    status: 'allow',
  });
});

it('refuses passcodes where policy leaves them out', async () => {
  const simulator = await startStill({
    integrations: [
      { ikey: 'DIFIRSTAPPLICATION01', skey: 'x'.repeat(40), factors: ['push', 'sms'] },
    ],
  });
  await expect(use(simulator, '100000007')).rejects.toThrow(/40002.*factor/);
  const { devices } = await callOk(simulator, 'POST', 'preauth', { username: 'grace' });
  expect(devices).toMatchObject([
    { capabilities: ['auto', 'push', 'sms'] },
    { capabilities: ['auto', 'push'] },
    { capabilities: [] },
    { type: 'token' },
  ]);
});
