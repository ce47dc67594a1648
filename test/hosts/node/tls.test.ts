/*
 * Pinned keys add a check, and take none away: the name, the authority and the chain's signatures are
 * checked as ever, before a byte of a request leaves.
 */
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PeerCertificate } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkPins, PinMismatch } from '../../../src/hosts/node/tls.ts';
import { DuoClient, type DuoClientOptions } from '../../../src/index.ts';
import { createCertificate } from '../../../src/simulator/server/certificate.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { allowBody, rawReply, startFaultServer } from './fault-server.ts';

const pinOf = (pem: string): string =>
  createHash('sha256')
    .update(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

const start = async () => {
  const server = await startFaultServer((socket) => void socket.write(rawReply(allowBody)));
  onTestFinished(server.close);
  return server;
};

const authorityPin = (caFile: string) => pinOf(readFileSync(caFile, 'utf8'));

describe('with a pinned key', () => {
  const push = { username: 'alice', factor: 'push' } as const;
  const connect = (options: Pick<DuoClientOptions, 'hostname'> & Partial<DuoClientOptions>) =>
    new DuoClient({ ...keys, timeout: 5, ...options });

  it('a server is trusted', async () => {
    const { hostname, caFile } = await start();
    const duo = connect({ hostname, caFile, pinnedKeys: [authorityPin(caFile)] });
    expect(await duo.auth(push)).toHaveProperty('result', 'allow');
  });

  it.each([
    [
      'under another name',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      ({ hostname, caFile }: { hostname: string; caFile: string }) => ({
        hostname: hostname.replace('localhost', '127.0.0.2'),
        caFile,
      }),
    ],
    [
      'of an authority that is not trusted',
      'SELF_SIGNED_CERT_IN_CHAIN',
      ({ hostname }: { hostname: string }) => ({ hostname }),
    ],
  ])('a server %s is not', async (_how, reason, optionsFor) => {
    const server = await startFaultServer(
      (socket) => void socket.write(rawReply(allowBody)),
      {},
      '0.0.0.0',
    );
    onTestFinished(server.close);
    const pinnedKeys = [authorityPin(server.caFile)];
    const error = await rejection(connect({ ...optionsFor(server), pinnedKeys }).auth(push));
    expect(error).toMatchObject({ kind: 'tls', reason, sent: 'no' });
    expect(server.requests).toEqual([]);
  });

  it('a server without it is not trusted', async () => {
    const { hostname, caFile, requests } = await start();
    const other = await createCertificate([]);
    onTestFinished(other.remove);
    const pinnedKeys = [authorityPin(other.caFile)];
    const error = await rejection(connect({ hostname, caFile, pinnedKeys }).auth(push));
    expect(error).toMatchObject({ kind: 'tls', reason: 'PIN_MISMATCH', sent: 'no' });
    expect(requests).toEqual([]);
  });
});

describe('a certificate in the chain', () => {
  const make = async () => {
    const { cert, caFile, remove } = await createCertificate([]);
    onTestFinished(remove);
    return { server: cert, authority: readFileSync(caFile, 'utf8') };
  };

  /** A certificate as Node hands it over, with the one that is said to have signed it. */
  const peer = (server: string, authority: string): PeerCertificate =>
    ({
      ...new X509Certificate(server).toLegacyObject(),
      issuerCertificate: new X509Certificate(authority).toLegacyObject(),
    }) as PeerCertificate;

  it('counts when it has signed', async () => {
    const { server, authority } = await make();
    for (const pin of [pinOf(server), pinOf(authority)]) {
      expect(checkPins([pin])('localhost', peer(server, authority))).toBeUndefined();
    }
  });

  it('does not count when it has signed nothing, whatever its name', async () => {
    const { server } = await make();
    const { authority: impostor } = await make();
    const error = checkPins([pinOf(impostor)])('localhost', peer(server, impostor));
    expect(error).toBeInstanceOf(PinMismatch);
    expect(error).toHaveProperty('keyHash', pinOf(server));
  });
});

describe('the authority of a file', () => {
  const push = { username: 'alice', factor: 'push' } as const;

  it('is for the client that names it, and for no other', async () => {
    const { hostname, caFile } = await start();
    const named = new DuoClient({ hostname, ...keys, caFile });
    const other = new DuoClient({ hostname, ...keys });
    expect(await named.auth(push)).toHaveProperty('result', 'allow');
    expect(await rejection(other.auth(push))).toMatchObject({ kind: 'tls', sent: 'no' });
  });

  it("is added to the platform's", async () => {
    const [ofPlatform, ofFile, ofNeither] = [await start(), await start(), await start()];
    const servers = [ofPlatform, ofFile, ofNeither].map(({ hostname }) => hostname);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['scripts/run.js', 'test/hosts/node/tls-process.ts', ofFile.caFile, ...servers],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: ofPlatform.caFile } },
    );
    expect(stdout).toBe('allow\nallow\ntls\n');
  });
});
