import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  type AuthResponse,
  type AuthStarted,
  DuoClient,
  type DuoClientOptions,
  type Progress,
} from '../../../src/index.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { caught, rejection } from '../../../testing/caught.ts';

let simulator: Simulator;
let duo: DuoClient;

const connect = (options: Partial<DuoClientOptions> = {}) => {
  const { hostname, ikey, skey, caFile } = simulator;
  return new DuoClient({ hostname, ikey, skey, caFile, ...options });
};

beforeAll(async () => {
  simulator = await startSimulator();
  duo = connect();
});

afterAll(() => simulator.close());

describe('DuoClient', () => {
  it('pings and checks', async () => {
    expect((await duo.ping()).time).toBeInstanceOf(Date);
    expect((await duo.check()).time).toBeInstanceOf(Date);
  });

  it.each([
    ['version 2, SHA-1', { algorithm: 'sha1' }],
    ['version 5', { signatureVersion: 5 }],
  ] as const)('signs with %s', async (_what, options) => {
    const client = connect(options);
    await client.check();
    expect(await client.preauth({ username: 'alice' })).toHaveProperty('result', 'auth');
    const { txid } = await client.auth({ username: 'alice', factor: 'push', async: true });
    expect(await client.authStatus({ txid })).toHaveProperty('status', 'pushed');
  });

  it('refuses an option that it does not know, with the others that are wrong', () => {
    const options = { ca_file: 'ca.pem', timeout: 0 } as object;
    expect(caught(() => connect(options))).toMatchObject({
      code: 'bad_parameter',
      faults: [
        { name: 'timeout', rule: 'must be a whole number from 1 to 300' },
        { name: 'ca_file', rule: 'is not an option; did you mean caFile?' },
      ],
    });
  });

  it.each([
    [{ caFile: '/nowhere' }, { name: 'caFile', rule: 'cannot be read' }],
    [
      { clientCertFile: '/nowhere', clientKeyFile: '/nowhere' },
      { name: 'clientCertFile', rule: 'cannot be read' },
    ],
  ])('names a file that cannot be read as the option is spelled: %j', (files, fault) => {
    expect(caught(() => connect(files))).toMatchObject({ faults: [fault] });
  });

  it('fetches the logo', async () => {
    const { contentType, png } = await duo.logo();
    expect(contentType).toBe('image/png');
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  });

  it('enrolls and asks for the status', async () => {
    const { userId, activationCode } = await duo.enroll();
    expect(await duo.enrollStatus({ userId, activationCode })).toHaveProperty('result', 'waiting');
  });

  it('authenticates and waits, or starts only', async () => {
    const answer = duo.auth({ username: 'alice', factor: 'push' });
    expectTypeOf(answer).resolves.toEqualTypeOf<AuthResponse>();
    expect(await answer).toMatchObject({ result: 'allow', status: 'allow' });

    const started = duo.auth({ username: 'alice', factor: 'push', async: true });
    expectTypeOf(started).resolves.toEqualTypeOf<AuthStarted>();
    expect(await started).toHaveProperty('txid', expect.stringMatching(/^[0-9a-f-]{36}$/));
  });

  it('does not compile, and is refused, with a passcode that is missing', async () => {
    // @ts-expect-error the factor passcode needs a passcode
    const call = duo.auth({ username: 'alice', factor: 'passcode' });
    expect(await rejection(call)).toHaveProperty('code', 'duo_refused');
  });

  it('follows a transaction to its end, telling progress', async () => {
    const notified: Progress[] = [];
    const answer = await duo.authAndWait(
      { username: 'erin', factor: 'push' },
      { onProgress: (progress) => void notified.push(progress) },
    );
    expect(answer).toMatchObject({ result: 'deny', status: 'deny' });
    expect(notified.map(({ status }) => status)).toEqual(['pushed']);
  });

  it('stops following at the deadline, and no one is let in', async () => {
    const options = { deadlineSeconds: 1 };
    const answer = await duo.authAndWait({ username: 'tim', factor: 'push' }, options);
    expect(answer).toMatchObject({ result: 'waiting', status: 'pushed' });
  });

  it('rejects arguments that cannot be sent, like everything else', async () => {
    const pushinfo = { note: 'x'.repeat(20_000) };
    const call = duo.authAndWait({ username: 'alice', factor: 'push', pushinfo });
    expect(await rejection(call)).toHaveProperty('code', 'bad_argument');
  });

  it('shows nothing of its keys', () => {
    const shown = inspect(duo, { showHidden: true, depth: null });
    expect(shown).not.toContain(simulator.skey);
  });
});
