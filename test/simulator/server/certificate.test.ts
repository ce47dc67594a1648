import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill } from '../../../testing/running-simulator.ts';

/** The certificate that a client gets which insists on this name. */
const certificateFor = async (
  { url, caFile }: Simulator,
  servername: string,
): Promise<X509Certificate> => {
  const port = Number(new URL(url).port);
  const socket = connect({ host: '127.0.0.1', port, servername, ca: readFileSync(caFile) });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (!certificate) {
    throw new Error('the server gave no certificate');
  }
  return certificate;
};

it('is for the name of a Duo host, localhost and the configured names', async () => {
  const simulator = await startStill({
    settings: { certificateNames: ['duo.corp.example', '192.0.2.7'] },
  });
  for (const name of ['api-simulator.duosecurity.com', 'localhost', 'duo.corp.example']) {
    const { subject, subjectAltName } = await certificateFor(simulator, name);
    expect(subject).toBe('CN=api-simulator.duosecurity.com');
    expect(subjectAltName).toContain(`DNS:${name}`);
    expect(subjectAltName).toContain('IP Address:192.0.2.7');
  }
  await expect(certificateFor(simulator, 'duo.other.example')).rejects.toThrow(/does not match/);
});

it('leaves with the simulator', async () => {
  const simulator = await startStill();
  const authority = new X509Certificate(readFileSync(simulator.caFile));
  expect(authority.ca).toBe(true);
  await simulator.close();
  expect(existsSync(simulator.caFile)).toBe(false);
});
