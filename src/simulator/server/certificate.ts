import { generateKeyPair } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { issueCertificate } from './x509.ts';

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

// Some clients insist on a name of Duo's; with it in /etc/hosts they run unmodified.
const duoName = 'api-simulator.duosecurity.com';

const ownNames = [duoName, 'localhost', '127.0.0.1', '::1'];

const newKey = promisify(generateKeyPair);

const lifetime = (): { notBefore: Date; notAfter: Date } => {
  const day = 86_400_000;
  return {
    notBefore: new Date(Date.now() - backdatedDays * day),
    notAfter: new Date(Date.now() + lifeDays * day),
  };
};

const authorityName = 'xsoar-duo simulator';

/**
 * Creates a certificate authority and a certificate for `api-simulator.duosecurity.com`, `localhost`,
 * the loopback addresses and `names`. The key of the authority is discarded, so that it cannot sign anything else.
 */
export const createCertificate = async (names: readonly string[]): Promise<ServerCertificate> => {
  const [authority, server] = await Promise.all([
    newKey('ec', { namedCurve: 'P-256' }),
    newKey('ec', { namedCurve: 'P-256' }),
  ]);
  const issued = {
    issuer: authorityName,
    issuerKey: authority.publicKey,
    signingKey: authority.privateKey,
    ...lifetime(),
  };
  const authorityCert = issueCertificate({
    ...issued,
    subject: authorityName,
    subjectKey: authority.publicKey,
    altNames: [],
  });
  const serverCert = issueCertificate({
    ...issued,
    subject: duoName,
    subjectKey: server.publicKey,
    altNames: [...new Set([...ownNames, ...names])],
  });
  const directory = await mkdtemp(join(tmpdir(), 'xsoar-duo-simulator-'));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, authorityCert, { mode: 0o600 });
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `${serverCert}${authorityCert}`,
    caFile,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
