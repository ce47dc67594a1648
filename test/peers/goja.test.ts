import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildBundle } from '../../scripts/bundle/build-bundle.ts';
import { mergeContext } from '../../src/cli/context/context.ts';
import { lookUp } from '../../src/cli/context/path.ts';
import { xsoarCommands } from '../../src/integration/commands/table.ts';
import {
  defaultIkey,
  defaultSkey,
  type InjectedFault,
  type Simulator,
  type SimulatorConfig,
  startSimulator,
} from '../../src/simulator/index.ts';
import {
  buildGojaHost,
  type GojaHost,
  type GojaJob,
  gojaVersions,
  startGojaHost,
} from '../../testing/goja-host.ts';
import { describePeer, missingCommand } from './peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'goja-'));
const bundle = join(folder, 'DuoAuthAPI.js');
const prelude = 'test/fixtures/common-server.js';
const eight = { version: '8.4.0', buildNumber: '1', platform: 'xsoar' };

const devices = [{ kind: 'smartphone', number: '+1 734 555 0101' }] as const;

const config: SimulatorConfig = {
  // What the tenant of XSOAR's own test playbook does with users whom it does not know.
  integrations: [{ ikey: defaultIkey, skey: defaultSkey, newUsers: 'deny' }],
  settings: { longPollSeconds: 1, pushExpiresInSeconds: 2 },
  users: [
    {
      username: 'alice',
      answer: 'approve',
      answerAfterSeconds: 0.3,
      bypassCodes: ['100000001'],
      devices,
    },
    { username: 'erin', answer: 'deny', answerAfterSeconds: 0.1, devices },
    { username: 'frank', answer: 'fraud', answerAfterSeconds: 0.1, devices },
    { username: 'tim', answer: 'ignore', devices },
    { username: 'carol', status: 'disabled', devices },
    { username: 'Zoë 日本 😀', devices },
  ],
};

const faults: [InjectedFault, RegExp][] = [
  [{ kind: 'html', status: 502 }, /HTTP 502.*it is a web page/],
  [{ kind: 'truncated' }, /broke off/],
  [{ kind: 'empty' }, /it is empty/],
  [{ kind: 'malformed' }, /cannot be read/],
  [{ kind: 'reset' }, /broke off/],
  [{ kind: 'error', code: 50000 }, /50000.*on the side of Duo/],
];

const built = new Set<string>();

/** The program for a version of goja, built when it is first needed. */
const buildOnce = (moduleFile: string): string => {
  const binary = join(folder, moduleFile.replace('.', '-'));
  if (!built.has(binary)) {
    buildGojaHost(moduleFile, binary);
    built.add(binary);
  }
  return binary;
};

describePeer('the bundle in goja', missingCommand('go', ['version']), () => {
  beforeAll(async () => {
    writeFileSync(bundle, await buildBundle());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const engines = Object.entries(gojaVersions).flatMap(([version, moduleFile]) => [
    { version, moduleFile, scope: 'alone', preludeOptions: [], leaks: [] },
    {
      ...{ version, moduleFile, scope: "behind a stand-in for the server's own library" },
      preludeOptions: ['-prelude', prelude],
      // The library's loop leaks its variable.
      leaks: ['param'],
    },
  ]);

  describe.each(engines)('$version, $scope', ({ moduleFile, preludeOptions, leaks }) => {
    let binary: string;
    let simulator: Simulator;
    let host: GojaHost;

    beforeAll(() => {
      binary = buildOnce(moduleFile);
    });
    beforeEach(async () => {
      simulator = await startSimulator({ config });
      host = startGojaHost(binary, [
        ...['-script', bundle, '-ca', simulator.caFile],
        ...preludeOptions,
      ]);
    });
    afterEach(async () => {
      host.close();
      await simulator.close();
    });

    const params = (more: Record<string, unknown> = {}) => ({
      hostname: simulator.hostname,
      credentials: { identifier: simulator.ikey, password: simulator.skey },
      ...more,
    });

    const run = (command: string, args = {}, more: Partial<GojaJob> = {}) =>
      host.run({ command, args, params: params(), version: eight, ...more });

    /** The context of an entry, by a path as playbooks write it. */
    const contextOf = (result: { EntryContext: Record<string, unknown> }, path: string) =>
      lookUp(mergeContext({}, result.EntryContext), path);

    it('passes the Test button', async () => {
      const { result, thrown, leaked } = await run('test-module');
      expect({ result, thrown, leaked }).toEqual({
        result: 'ok',
        thrown: undefined,
        leaked: leaks,
      });
    });

    it('reads in a row as playbooks of the built-in integration read it', async () => {
      let context = {};
      for (const username of ['carol', 'alice', 'nobody']) {
        const { result } = await run('duo-preauth', { username, userID: '', ipaddr: '' });
        context = mergeContext(context, result.EntryContext);
      }
      expect(lookUp(context, 'Duo.PreAuth.[0].Response.Result')).toBe('deny');
      expect(lookUp(context, 'Duo.PreAuth.[0].Response.StatusMessage')).toMatch(/disabled/);
      expect(lookUp(context, 'Duo.PreAuth.[1].Response.Result')).toBe('auth');
      expect(lookUp(context, 'Duo.PreAuth.[2].Response.Result')).toBe('deny');
      expect(lookUp(context, 'Duo.PreAuth.[2].Response.StatusMessage')).not.toMatch(/disabled/);
    });

    it('runs every command', async () => {
      const enrolled = (await run('duo-enroll', { username: 'newcomer' })).result;
      const started = (await run('duo-authenticate', { username: 'alice', async: 'true' })).result;
      const args: Record<string, Record<string, unknown>> = {
        'duo-authenticate': { username: 'alice', factor: 'passcode', passcode: '100000001' },
        'duo-authenticate-status': { txid: contextOf(started, 'Duo.Transaction.TxID') },
        'duo-preauth': { username: 'alice' },
        'duo-enroll': { username: 'another' },
        'duo-enroll-status': {
          user_id: contextOf(enrolled, 'Duo.Enroll.Response.UserID'),
          activation_code: contextOf(enrolled, 'Duo.Enroll.Response.ActivationCode'),
        },
      };
      for (const name of xsoarCommands.keys()) {
        const { result, leaked } = await run(name, args[name] ?? {});
        expect(result, name).toMatchObject({ Type: 1, ContentsFormat: 'json' });
        expect(Object.keys(result.EntryContext), name).not.toEqual([]);
        expect(leaked, name).toEqual(leaks);
      }
    });

    it.each([
      ['alice', { factor: 'push' }, 'allow', 'allow'],
      ['alice', { factor: 'passcode', passcode: '100000001' }, 'allow', 'allow'],
      ['alice', { factor: 'passcode', passcode: '000000000' }, 'deny', 'deny'],
      ['erin', { factor: 'push' }, 'deny', 'deny'],
      ['frank', { factor: 'push' }, 'deny', 'fraud'],
      ['tim', { factor: 'push' }, 'deny', 'timeout'],
      ['Zoë 日本 😀', { factor: 'sms' }, 'deny', 'sent'],
    ])('authenticates %s with %j: %s, %s', async (username, factor, outcome, status) => {
      const { result, calls } = await run('duo-authenticate', { username, ...factor });
      expect(result.EntryContext['Duo.Authenticate']).toMatchObject({
        Response: { Result: outcome, Status: status },
        Username: username,
      });
      // Duo holds a synchronous call open, so it gets more than the instance's time-out.
      expect(calls).toMatchObject([{ method: 'POST', timeoutMs: 75_000 }]);
    });

    it.each([
      ['alice', 'allow'],
      ['erin', 'deny'],
      ['tim', 'timeout'],
    ])('polls for %s to the end: %s', async (username, status) => {
      let { result } = await run('duo-authenticate', { username, factor: 'push', polling: 'true' });
      let context = mergeContext({}, result.EntryContext);
      let rounds = 0;
      while (result.PollingCommand !== undefined) {
        expect(rounds, 'rounds').toBeLessThan(10);
        expect(Number(result.NextRun)).toBeGreaterThanOrEqual(10);
        ({ result } = await run(result.PollingCommand, result.PollingArgs));
        context = mergeContext(context, result.EntryContext);
        rounds += 1;
      }
      expect(lookUp(context, 'Duo.Transaction')).toMatchObject({
        Username: username,
        Factor: 'push',
        Status: status,
        Done: true,
      });
    });

    it('does not poll on server 6, and says so', async () => {
      const args = { username: 'alice', factor: 'push', polling: 'true' };
      const { result } = await run('duo-authenticate', args, { version: { version: '6.12.0' } });
      expect(result).not.toHaveProperty('PollingCommand');
      expect(result.HumanReadable).toContain('cannot ask again by itself');
    });

    it.each([
      ['a wrong key', 'test-module', { password: 'x'.repeat(40) }, /40103.*Copy the secret key/],
      ['no key', 'test-module', { password: '' }, /skey: is missing/],
    ])('tells of %s in words', async (_name, command, credentials, text) => {
      const wrong = { identifier: simulator.ikey, ...credentials };
      const { result } = await run(command, {}, { params: params({ credentials: wrong }) });
      expect(result).toMatch(text);
      expect(result).not.toContain('x'.repeat(40));
    });

    it.each([
      ['duo-preath', {}, {}, /Did you mean duo-preauth\?/],
      ['duo-preauth', {}, {}, /give either username or user_id/],
      ['duo-authenticate-status', { txid: 'gone' }, {}, /40002/],
      ['duo-check', {}, { hostname: 'localhost:1' }, /localhost:1 refused the connection/],
      // A name without a port, as all real ones are.
      ['duo-check', {}, { hostname: 'nowhere.invalid' }, /nowhere\.invalid was not found/],
    ])('gives an error entry for %s with %j and %j', async (command, args, more, text) => {
      const { result } = await run(command, args, { params: params(more) });
      expect(result).toEqual({
        Type: 4,
        ContentsFormat: 'text',
        Contents: expect.stringMatching(text),
      });
    });

    it.each(faults)('keeps apart what can go wrong on the way: %j', async (fault, text) => {
      simulator.control.setFaults([fault]);
      const { result } = await run('duo-check');
      expect(result).toMatchObject({ Type: 4, Contents: expect.stringMatching(text) });
    });

    it('gives up after the time-out of the instance', async () => {
      simulator.control.setFaults([{ kind: 'hang' }]);
      const { result } = await run('duo-check', {}, { params: params({ timeout: '1' }) });
      expect(result.Contents).toMatch(/did not answer \/check within 1 s/);
    });

    it('trusts an unknown authority only when it is asked to', async () => {
      const stranger = startGojaHost(binary, ['-script', bundle]);
      const job = { command: 'duo-check', params: params(), version: eight };
      const refused = await stranger.run(job);
      const insecure = await stranger.run({ ...job, params: params({ insecure: true }) });
      stranger.close();
      expect(refused.result.Contents).toMatch(/is not trusted: .*unknown authority/);
      expect(insecure.result).toMatchObject({ Type: 1 });
    });
  });
});
