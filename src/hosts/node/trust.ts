import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { BadParameterError } from '../../duo/errors/input-errors.ts';
import type { Settings } from '../../integration/params.ts';

const fault = (name: string, rule: string): never => {
  throw new BadParameterError([{ name, rule }]);
};

const read = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fault(name, 'cannot be read');
  }
};

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const areCertificates = (blocks: readonly string[]): boolean => {
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
};

// OpenSSL skips what it cannot read, and trust that was meant to be given would silently be missing.
const readAuthorities = (name: string, path: string): string[] => {
  const blocks = read(name, path).match(pemBlock) ?? [];
  return areCertificates(blocks) ? blocks : fault(name, 'holds no certificate in PEM form');
};

/** What this platform trusts. Node tells it since version 22.15; before, it has to be put together. */
const platformAuthorities = (): readonly string[] => {
  const tell: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof tell === 'function') {
    return tell('default');
  }
  const { NODE_EXTRA_CA_CERTS: extra } = process.env;
  return [...tls.rootCertificates, ...(extra ? readAuthorities('NODE_EXTRA_CA_CERTS', extra) : [])];
};

/** Naming authorities replaces the platform's, so those are named again beside ours. */
const authorities = ({ caFile }: Settings) =>
  caFile === undefined
    ? {}
    : { ca: [...platformAuthorities(), ...readAuthorities('ca_file', caFile)] };

const clientCertificate = ({ clientCertFile, clientKeyFile }: Settings) =>
  clientCertFile === undefined || clientKeyFile === undefined
    ? {}
    : {
        cert: read('client_cert_file', clientCertFile),
        key: read('client_key_file', clientKeyFile),
      };

/**
 * Whom an instance trusts and who it says it is, read once: TLS 1.2 and later, the platform's
 * authorities with those of `ca_file`, and a client certificate where one is given.
 *
 * @throws {@link BadParameterError} when a file cannot be read or used.
 */
export const createTrust = (settings: Settings): tls.SecureContext => {
  const options = {
    minVersion: 'TLSv1.2' as const,
    ...authorities(settings),
    ...clientCertificate(settings),
  };
  try {
    return tls.createSecureContext(options);
  } catch {
    return fault('client_cert_file', 'holds no certificate that goes with client_key_file');
  }
};
