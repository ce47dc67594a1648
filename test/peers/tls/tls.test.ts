/*
 * Who is in Duo's place, with certificates that openssl made: each is turned away for its own
 * reason, by name, with what to do, and before a single byte of a request has left.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DuoClient, type DuoClientOptions } from '../../../src/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import {
  type Authority,
  type Made,
  makeAuthority,
  makeSelfSigned,
  pinOf,
} from '../../../testing/openssl-chain.ts';
import { allowBody, type Play, rawReply, startFaultServer } from '../../hosts/node/fault-server.ts';
import { describePeer, missingCommand } from '../peer.ts';

const day = 86_400_000;
const past = { from: new Date(Date.now() - 9 * day), to: new Date(Date.now() - 2 * day) };
const future = { from: new Date(Date.now() + 2 * day), to: new Date(Date.now() + 9 * day) };

const answer: Play = (socket) => void socket.write(rawReply(allowBody));

const start = async (tls: TlsOptions, play = answer) => {
  const server = await startFaultServer(play, tls);
  onTestFinished(server.close);
  return server;
};

const chain = ({ cert, key }: Made, ...above: readonly Made[]) => ({
  key,
  cert: [cert, ...above.map((one) => one.cert)].join('\n'),
});

describePeer('TLS', missingCommand('openssl', ['version']), () => {
  const folder = mkdtempSync(join(tmpdir(), 'duo-tls-'));
  let root: Authority;
  let good: Made;

  beforeAll(() => {
    root = makeAuthority(folder, 'Corporate Root');
    good = root.sign('localhost');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const client = (hostname: string, options: Partial<DuoClientOptions> = {}) =>
    new DuoClient({ hostname, ...keys, caFile: root.certFile, timeout: 5, ...options });

  const refused = async (
    tls: TlsOptions,
    options: Partial<DuoClientOptions> = {},
    host = 'localhost',
  ) => {
    const server = await start(tls);
    const hostname = server.hostname.replace('localhost', host);
    const error = await rejection(
      client(hostname, options).auth({ username: 'a', factor: 'push' }),
    );
    expect(server.requests).toEqual([]);
    expect(error).toMatchObject({ code: 'network', kind: 'tls', sent: 'no' });
    return error as { message: string; advice: string; reason: string };
  };

  describe('is trusted', () => {
    it('when the authority is named', async () => {
      const { hostname } = await start(chain(good));
      expect(await client(hostname).check()).toHaveProperty('time');
    });

    it.each([
      ['the key of the server', () => good],
      ['the key of its authority', () => root],
    ])('when %s is pinned', async (_what, pinned) => {
      const { hostname } = await start(chain(good));
      const pinnedKeys = [`sha256/${pinOf(pinned())}`];
      expect(await client(hostname, { pinnedKeys }).check()).toHaveProperty('time');
    });

    it('with a client certificate, where one is wanted', async () => {
      const { certFile: clientCertFile, keyFile: clientKeyFile } = root.sign('soar');
      const wanting = {
        ...chain(good),
        ca: root.cert,
        requestCert: true,
        rejectUnauthorized: true,
      };
      const { hostname } = await start(wanting);
      const options = { clientCertFile, clientKeyFile };
      expect(await client(hostname, options).check()).toHaveProperty('time');
    });

    it('whatever it shows, when insecure is on', async () => {
      const { hostname } = await start(chain(makeSelfSigned(folder)));
      const duo = client(hostname, { insecure: true, caFile: undefined });
      expect(await duo.check()).toHaveProperty('time');
      expect(duo.warnings).toEqual(['insecure is on: any certificate is trusted.']);
    });
  });

  describe('is not trusted', () => {
    it('when its certificate has expired', async () => {
      const error = await refused(chain(root.sign('localhost', past)));
      expect(error.message).toMatch(/has expired \(its own: .* GMT\)/);
      expect(error.advice).toMatch(/renewed/);
    });

    it('when its authority has expired', async () => {
      const old = makeAuthority(folder, 'Old Root', past);
      const error = await refused(chain(old.sign('localhost')), { caFile: old.certFile });
      expect(error.reason).toBe('CERT_HAS_EXPIRED');
    });

    it('when its certificate is not valid yet', async () => {
      const error = await refused(chain(root.sign('localhost', future)));
      expect(error.message).toMatch(/not valid yet/);
      expect(error.advice).toMatch(/date of this machine/);
    });

    it('when its certificate is for another host', async () => {
      const error = await refused(chain(root.sign('other', { names: 'DNS:api.example' })));
      expect(error.message).toMatch(/for another host: DNS:api\.example\.$/);
      expect(error.advice).toMatch(/API hostname/);
    });

    it('when no one here knows its authority, which is named', async () => {
      const stranger = makeAuthority(folder, 'Stranger\u202e Root');
      const error = await refused(chain(stranger.sign('localhost'), stranger));
      expect(error.message).toMatch(/authority that is not trusted here: Stranger.* Root\.$/);
      expect(error.message).not.toContain('\u202e');
      expect(error.advice).toMatch(/ca_file/);
    });

    it('when its authority was withdrawn and made anew under the same name', async () => {
      const withdrawn = makeAuthority(folder, 'Corporate Root');
      const error = await refused(chain(withdrawn.sign('localhost'), withdrawn));
      expect(error.message).toMatch(/not trusted here: Corporate Root\.$/);
    });

    it('when its certificate is signed by itself', async () => {
      const error = await refused(chain(makeSelfSigned(folder)));
      expect(error.message).toMatch(/signed by itself: localhost\.$/);
      expect(error.advice).toMatch(/Duo never uses such a certificate/);
    });

    it('when it speaks TLS 1.1 only', async () => {
      const old = {
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
      } as const;
      const error = await refused({ ...chain(good), ...old });
      expect(error.message).toMatch(/does not speak TLS 1\.2 or later/);
    });

    it('when none of its keys is pinned, though all else is right', async () => {
      const pinnedKeys = [pinOf(makeSelfSigned(folder))];
      const error = await refused(chain(good), { pinnedKeys });
      expect(error.reason).toBe('PIN_MISMATCH');
      expect(error.message).toContain(`sha256/${pinOf(good)}`);
    });

    it('when a pinned key is shown but did not sign', async () => {
      const pinnedKeys = [pinOf(makeAuthority(folder, 'Corporate Root'))];
      const impostor = makeAuthority(folder, 'Corporate Root');
      const error = await refused(chain(good, impostor), {
        pinnedKeys: [pinOf(impostor), ...pinnedKeys],
      });
      expect(error.reason).toBe('PIN_MISMATCH');
    });
  });

  it('a server that wants a client certificate says so, and the remedy is named', async () => {
    const wanting = { ...chain(good), ca: root.cert, requestCert: true, rejectUnauthorized: true };
    const server = await start(wanting);
    const error = await rejection(client(server.hostname).auth({ username: 'a', factor: 'push' }));
    expect(error).toMatchObject({ kind: 'tls', advice: expect.stringMatching(/client_cert_file/) });
    expect(server.requests).toEqual([]);
  });

  it('a server that renegotiates in the middle of a reply is answered once', async () => {
    const reply = rawReply(allowBody);
    const server = await start({ ...chain(good), maxVersion: 'TLSv1.2' }, (socket) => {
      socket.write(reply.subarray(0, 50));
      socket.renegotiate({}, () => socket.write(reply.subarray(50)));
    });
    const settled = await client(server.hostname)
      .auth({ username: 'a', factor: 'push', async: true })
      .catch((error) => error);
    expect(settled).toSatisfy((one) => 'txid' in one || one.code === 'network');
    expect(server.requests).toHaveLength(1);
  });

  describe('files', () => {
    const build = (options: Partial<DuoClientOptions>) => () => client('localhost:1', options);
    const fileWith = (text: string) => {
      const path = join(folder, 'file.pem');
      writeFileSync(path, text);
      return path;
    };

    it.each([
      ['nothing', ''],
      ['no PEM', 'hello'],
      ['broken PEM', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ])('caFile with %s is a fault', (_what, text) => {
      expect(build({ caFile: fileWith(text) })).toThrow(/caFile: holds no certificate in PEM form/);
    });

    it('a certificate and a key that do not belong together are a fault', () => {
      const options = { clientCertFile: good.certFile, clientKeyFile: root.keyFile };
      expect(build(options)).toThrow(
        /clientCertFile: holds no certificate that goes with clientKeyFile/,
      );
    });
  });
});
