import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  type CommandResult,
  createIntegration,
  DuoError,
  type Entry,
  isAllowed,
  type Progress,
} from '../../../src/index.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { until } from '../../../testing/running-simulator.ts';

let simulator: Simulator;
let params: Record<string, unknown>;

beforeAll(async () => {
  simulator = await startSimulator();
  const { hostname, ikey, skey, caFile } = simulator;
  params = { hostname, credentials: { identifier: ikey, password: skey }, ca_file: caFile };
});

afterAll(() => simulator.close());

const run = (command: string, args: object = {}): Promise<Entry[]> =>
  createIntegration(params).run(command, { ...args });

const contextOf = (entries: Entry[]) => entries[0]?.EntryContext ?? {};

describe('an integration, on the simulator', () => {
  it.each([
    ['alice', 'auth'],
    ['bob', 'allow'],
    ['carol', 'deny'],
    ['dave', 'enroll'],
  ])('preauth: %s is answered %s', async (username, result) => {
    const entries = await run('duo-preauth', { username });
    expect(contextOf(entries)).toHaveProperty(['Duo.PreAuth', 'Response', 'Result'], result);
    expect(isAllowed(entries)).toBe(result === 'allow');
  });

  it.each([
    ['alice', 'allow', 'allow'],
    ['erin', 'deny', 'deny'],
    ['frank', 'deny', 'fraud'],
  ])('authenticate: %s is answered %s, %s', async (username, result, status) => {
    const entries = await run('duo-authenticate', { username, factor: 'push' });
    expect(contextOf(entries)).toMatchObject({
      'Duo.Authenticate': { Response: { Result: result, Status: status } },
    });
    expect(isAllowed(entries)).toBe(result === 'allow');
  });

  it('authenticate async, then status to its end', async () => {
    const started = contextOf(await run('duo-authenticate', { username: 'alice', async: true }));
    const { TxID: txid } = (started['Duo.Authenticate'] as { Response: { TxID: string } }).Response;
    const entries = await run('duo-authenticate-status', { txid, polling: 'true' });
    expect(contextOf(entries)).toMatchObject({
      'Duo.AuthenticateStatus': { TxID: txid, Response: { Result: 'allow' } },
    });
  });

  it('authenticate with polling follows to the end and tells progress', async () => {
    const notified: Progress[] = [];
    const entries = await createIntegration(params).run(
      'duo-authenticate',
      { username: 'alice', factor: 'phone', polling: true },
      { onProgress: (progress) => void notified.push(progress) },
    );
    expect(notified.map(({ status }) => status)).toContain('calling');
    expect(isAllowed(entries)).toBe(true);
  });

  it('a user who never answers is still waiting at the deadline, and not let in', async () => {
    const args = { username: 'tim', polling: true, timeout_in_seconds: 1 };
    const entries = await run('duo-authenticate', args);
    expect(entries[0]?.HumanReadable).toContain('tim has not answered yet');
    expect(isAllowed(entries)).toBe(false);
  });

  it('enroll, then its status', async () => {
    const context = contextOf(await run('duo-enroll', { username: 'zoe' }));
    const enroll = context['Duo.Enroll'] as { Response: Record<string, string> };
    const { UserID: user_id, ActivationCode: activation_code } = enroll.Response;
    const status = await run('duo-enroll-status', { user_id, activation_code });
    expect(contextOf(status)).toMatchObject({
      'Duo.EnrollStatus': { Response: { Result: 'waiting' } },
    });
  });

  it.each(['duo-check', 'duo-ping'])('%s', async (command) => {
    expect(await run(command)).toHaveLength(1);
  });

  it('duo-logo: an entry that carries the file', async () => {
    const [entry] = await run('duo-logo');
    expect(entry).toMatchObject({ Type: 3, File: 'duo-logo.png' });
    const file = entry as Extract<Entry, { Type: 3 }>;
    const bytes = Buffer.from(file.FileData, 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(file.FileSize).toBe(bytes.length);
    expect(file.HumanReadable).toContain(`| duo-logo.png | ${bytes.length} bytes |`);
  });

  it('types a command from the table, and takes any text for a name', () => {
    const { run, result } = createIntegration(params);
    const compileOnly = () => [
      run('duo-check'),
      run('duo-preauth', { username: 'alice' }),
      run(String('duo-preauth'), { anything: 1 }),
      // @ts-expect-error: a user is required
      run('duo-preauth', {}),
      // @ts-expect-error: the arguments are required
      run('duo-authenticate-status'),
      // @ts-expect-error: no such argument
      run('duo-preauth', { username: 'alice', ipadr: '192.0.2.1' }),
      // @ts-expect-error: no such factor
      result('duo-authenticate', { username: 'alice', factor: 'pigeon' }),
    ];
    expectTypeOf(compileOnly).toBeFunction();
    expectTypeOf(result<'duo-check'>).returns.resolves.toEqualTypeOf<CommandResult>();
  });

  it('rejects with an error of ours when a call is refused', async () => {
    const error = await rejection(run('duo-authenticate-status', { txid: 'unknown' }));
    expect(error).toBeInstanceOf(DuoError);
    expect(error).toMatchObject({ code: 'duo_refused', duoCode: 40002, endpoint: 'auth_status' });
  });

  it.each([
    ['duo-nothing', {}, 'unknown_command'],
    ['duo-preauth', {}, 'bad_argument'],
  ])('rejects %s %j before anything is sent', async (command, args, code) => {
    expect(await rejection(run(command, args))).toHaveProperty('code', code);
  });

  it('ends a call at once when it is cancelled, and warns of the push', async () => {
    const abort = new AbortController();
    const options = { signal: abort.signal };
    const before = simulator.control.pending().length;
    const running = createIntegration(params).run('duo-authenticate', { username: 'tim' }, options);
    await until(() => simulator.control.pending().length > before, 'the push');
    abort.abort();
    expect(await rejection(running)).toMatchObject({ code: 'cancelled', mayReachUser: true });
  });
});

describe('the Test button, on the simulator', () => {
  it('is ok', async () => {
    expect(await createIntegration(params).test()).toBe('ok');
  });

  it.each([
    ['the integration key', { ikey: keys.ikey }, 40102, /integration key/],
    ['the secret key', { skey: keys.skey }, 40103, /secret key/],
  ])('blames %s', async (_what, wrong, duoCode, advice) => {
    const { ikey, skey } = simulator;
    const flat = { ...params, credentials: undefined, ikey, skey, ...wrong };
    const error = await rejection(createIntegration(flat).test());
    expect(error).toMatchObject({ duoCode, advice: expect.stringMatching(advice) });
  });

  it('is ok on a machine whose clock is wrong, and warns of it once', async () => {
    const now = () => Date.now() - 600_000;
    const integration = createIntegration(params, { now });
    expect(await integration.test()).toBe('ok');
    expect(await integration.run('duo-check')).toHaveLength(1);
    expect(integration.warnings).toEqual([
      expect.stringMatching(/^This machine's clock is (?:599|600|601) s behind Duo's; /),
    ]);
  });
});

it('warns of what looks wrong', () => {
  const odd = { ...params, hostname: 'duo.example', insecure: true };
  expect(createIntegration(odd).warnings).toEqual([
    'hostname does not end in duosecurity.com or duofederal.com.',
    'insecure is on: any certificate is trusted.',
  ]);
});
