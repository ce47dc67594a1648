import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTlsServer } from '../../../src/login/server/certificates.ts';
import { createCertificate } from '../../../src/simulator/server/certificate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fingerprintAt = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.end();
    });
    socket.on('error', reject);
  });

it('a certificate that changes is served from the next connection on', async () => {
  const [one, other] = await Promise.all([
    createCertificate(['127.0.0.1']),
    createCertificate(['127.0.0.1']),
  ]);
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  const write = ({ cert, key }: { readonly cert: string; readonly key: string }) => {
    writeFileSync(files.certFile, cert);
    writeFileSync(files.keyFile, key);
  };
  write(one);
  const warnings: string[] = [];
  const server = createTlsServer(files, {}, (warning) => warnings.push(warning), 20);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const before = await fingerprintAt(port);

  // Again and again: Node's first look at a watched file, which all later ones are compared with, comes
  // some time after the server has started.
  const warningsAfterChange = (): number => {
    writeFileSync(files.certFile, 'half a file');
    return warnings.length;
  };
  await expect.poll(warningsAfterChange, { timeout: 5_000 }).toBeGreaterThan(0);
  expect(warnings[0]).toMatch(/^tls: /);
  expect(await fingerprintAt(port)).toBe(before);

  write(other);
  utimesSync(files.keyFile, 1, 1);
  await expect.poll(() => fingerprintAt(port), { timeout: 5_000 }).not.toBe(before);
  expect(readFileSync(files.certFile, 'utf8')).toBe(other.cert);
  await new Promise((resolve) => server.close(resolve));
  await Promise.all([one.remove(), other.remove()]);
});
