import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundle } from '../../scripts/bundle/build-bundle.ts';
import {
  buildGojaHost,
  type GojaHost,
  type GojaJob,
  gojaVersions,
  startGojaHost,
} from '../../testing/goja-host.ts';
import { describePeer, missingCommand } from './peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'goja-robustness-'));
const bundle = join(folder, 'DuoAuthAPI.js');

const params = {
  hostname: 'api-12345678.duosecurity.com',
  credentials: { identifier: 'DIABCDEFGHIJKLMNOPQR', password: 'abcdefghij'.repeat(4) },
};

const json = (body: unknown, status = 200) => ({
  StatusCode: status,
  Status: String(status),
  Headers: { 'Content-Type': ['application/json'] },
  Body: typeof body === 'string' ? body : JSON.stringify(body),
});
const ok = (response: unknown) => json({ stat: 'OK', response });
const time = ok({ time: 1_767_323_045 });
const tooMany = json({ stat: 'FAIL', code: 42901, message: 'Too many requests' }, 429);

const hostile: [name: string, reply: unknown, text: RegExp][] = [
  ['no response at all', null, /broke off/],
  ['text for a response', 'oops', /broke off/],
  [
    'a status that is text',
    { StatusCode: '200', Status: '200 OK', Body: '{}' },
    /200 OK|broke off/,
  ],
  ['a response without headers', { StatusCode: 200, Body: '{}' }, /cannot be read/],
  ['no body', { ...time, Body: null }, /cannot be read: it is empty/],
  ['text that is thrown', { throws: 'dial tcp: connection refused' }, /refused the connection/],
  ['an error that is thrown', { throws: { message: 'x509: unknown authority' } }, /is not trusted/],
  [
    'a prototype in JSON',
    json('{"stat":"OK","response":{"__proto__":{"time":1}}}'),
    /cannot be read/,
  ],
  ['JSON without an end', json('['.repeat(100_000)), /cannot be read: it is not JSON/],
  ['a time before 1970', ok({ time: -1 }), /response\.time is not as expected/],
  ['a time without an end', json('{"stat":"OK","response":{"time":1e400}}'), /cannot be read/],
  ['a time beyond all dates', ok({ time: 8.64e15 }), /response\.time is not as expected/],
  ['a time in words', ok({ time: 'now' }), /response\.time is not as expected/],
];

describePeer(
  'the bundle in goja, where the server or Duo misbehaves',
  missingCommand('go', ['version']),
  () => {
    beforeAll(async () => {
      writeFileSync(bundle, await buildBundle());
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    describe.each(Object.entries(gojaVersions))('%s', (_version, moduleFile) => {
      let host: GojaHost;
      beforeAll(() => {
        const binary = join(folder, moduleFile.replace('.', '-'));
        buildGojaHost(moduleFile, binary);
        host = startGojaHost(binary, ['-script', bundle]);
      });
      afterAll(() => host.close());

      const run = (command: string, replies: readonly unknown[], more: Partial<GojaJob> = {}) =>
        host.run({ command, params, replies, ...more });

      it.each(hostile)('ends in a sentence for %s', async (_name, reply, text) => {
        // A connection that fails is tried three times.
        const { result, thrown } = await run('duo-check', [reply, reply, reply]);
        expect(thrown).toBeUndefined();
        expect(result).toEqual({
          Type: 4,
          ContentsFormat: 'text',
          Contents: expect.stringMatching(text),
        });
        expect(result.Contents).not.toMatch(/unexpected way/);
      });

      it.each([
        ['missing', { missing: ['wait'] }],
        ['failing', { failing: ['wait'] }],
      ])("repeats nothing and gives Duo's refusal with wait %s", async (_name, server) => {
        const { result, calls } = await run('duo-preauth', [tooMany, tooMany], {
          ...server,
          args: { username: 'alice' },
        });
        expect(result).toMatchObject({ Type: 4, Contents: expect.stringMatching(/42901/) });
        expect(calls).toHaveLength(1);
      });

      it('follows a transaction as far as it can without wait', async () => {
        const waiting = ok({ result: 'waiting', status: 'pushed', status_msg: 'Pushed.' });
        const { result, calls } = await run(
          'duo-authenticate-status',
          [waiting, waiting, waiting],
          {
            missing: ['wait'],
            args: { txid: 't-1', polling: 'true' },
            version: { version: '6.12.0' },
          },
        );
        expect(result.EntryContext).toHaveProperty(
          ['Duo.AuthenticateStatus', 'Response', 'Result'],
          'waiting',
        );
        expect(calls).toHaveLength(2);
      });

      it.each([
        { missing: ['logDebug', 'demistoVersion', 'wait'] },
        { failing: ['logDebug', 'demistoVersion', 'wait'] },
      ])('gives the answer with %j', async (server) => {
        const { result, thrown } = await run('duo-check', [time], server);
        expect({ result, thrown }).toMatchObject({ result: { Type: 1 }, thrown: undefined });
        const refused = await run(
          'duo-check',
          [json({ stat: 'FAIL', code: 40103, message: 'Invalid signature' }, 401)],
          server,
        );
        expect(refused.result.Contents).toMatch(/40103/);
      });

      it('polls on the unified platform', async () => {
        const { result } = await run('duo-authenticate', [ok({ txid: 't-1' })], {
          args: { username: 'alice', polling: 'true' },
          version: { version: '1.2.0', platform: 'unified_platform' },
        });
        expect(result).toMatchObject({ PollingCommand: 'duo-authenticate-status' });
      });

      it('takes null for what only informs', async () => {
        const device = { device: 'DP1', type: null, name: null, number: null, capabilities: null };
        const answer = {
          ...{ result: 'auth', status_msg: null, devices: [device], txid: null, expiration: null },
          ...{ enroll_portal_url: null, verification_code: null },
        };
        const { result } = await run('duo-preauth', [ok(answer)], { args: { username: 'alice' } });
        expect(result.EntryContext['Duo.PreAuth'].Response).toMatchObject({ Result: 'auth' });
      });

      it.each([
        ['a result that this version does not know', { result: 'maybe', status: 'x' }],
        ['an allow beside a refusal', { result: 'allow', status: 'fraud', status_msg: '' }],
      ])('advises an update for %s, and not another host name', async (_name, response) => {
        const { result } = await run('duo-authenticate-status', [ok(response)], {
          args: { txid: 't-1' },
        });
        expect(result).toMatchObject({
          Type: 4,
          Contents: expect.stringMatching(/update xsoar-duo/),
        });
        expect(result.Contents).not.toMatch(/hostname/i);
      });

      it.each([
        ['username', 'duo-preauth', { username: 'a'.repeat(1_000_000) }],
        ['username', 'duo-preauth', { username: 'ü'.repeat(1_000_000) }],
        [
          'pushinfo',
          'duo-authenticate',
          { username: 'alice', pushinfo: `a=${'ü'.repeat(1_000_000)}` },
        ],
      ])('refuses a megabyte of %s before it is signed', async (name, command, args) => {
        const { result, calls, totalMs } = await run(command, [], { args });
        expect(result).toMatchObject({
          Type: 4,
          Contents: expect.stringContaining(`${name}: must`),
        });
        expect(result.Contents.length).toBeLessThan(300);
        expect(calls).toBeNull();
        // It took seven and a half seconds.
        expect(totalMs).toBeLessThan(2000);
      });
    });
  },
);
