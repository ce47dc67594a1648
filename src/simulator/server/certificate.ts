import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for this run, and its certificate authority. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** PEM file of the authority, readable by its owner. */
  readonly caFile: string;
  /** Deletes the file. */
  remove(): Promise<void>;
}

const lifeDays = 7;
// Keeps the certificate valid for clients whose clock is behind.
const backdatedDays = 1;

const altName = (name: string) =>
  isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name };

// Some clients insist on a name of Duo's; with it in /etc/hosts they run unmodified.
const duoName = 'api-simulator.duosecurity.com';

const ownNames = [duoName, 'localhost', '127.0.0.1', '::1'];

const lifetime = (): { notBeforeDate: Date; notAfterDate: Date } => {
  const day = 86_400_000;
  return {
    notBeforeDate: new Date(Date.now() - backdatedDays * day),
    notAfterDate: new Date(Date.now() + lifeDays * day),
  };
};

/**
 * Creates a certificate authority and a certificate for `api-simulator.duosecurity.com`, `localhost`,
 * the loopback addresses and `names`. The key of the authority is discarded, so that it cannot sign anything else.
 *
 */
export const createCertificate = async (names: readonly string[]): Promise<ServerCertificate> => {
  const { generate } = await import('selfsigned');
  const options = { keyType: 'ec', algorithm: 'sha256', ...lifetime() } as const;
  const authority = await generate([{ name: 'commonName', value: 'xsoar-duo simulator' }], {
    ...options,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: duoName }], {
    ...options,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...new Set([...ownNames, ...names])].map(altName),
      },
    ],
  });
  const directory = await mkdtemp(join(tmpdir(), 'xsoar-duo-simulator-'));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, authority.cert, { mode: 0o600 });
  return {
    key: server.private,
    cert: `${server.cert}\n${authority.cert}`,
    caFile,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
