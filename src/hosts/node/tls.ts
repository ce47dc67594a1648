import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { LoadedSettings } from '../../duo/connection-settings.ts';
import { BadParameterError } from '../../duo/errors/input-errors.ts';

const fault = (name: string, rule: string): never => {
  throw new BadParameterError([{ name, rule }]);
};

const readFile = (name: string, path: string): string => {
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

// OpenSSL skips what it cannot read, and an authority that was meant to be accepted would silently be missing.
const readAuthorities = (name: string, path: string): string[] => {
  const blocks = readFile(name, path).match(pemBlock) ?? [];
  return areCertificates(blocks) ? blocks : fault(name, 'holds no certificate in PEM form');
};

/** The platform's authorities. Node lists them since version 22.15; before, the list is put together. */
const platformAuthorities = (): readonly string[] => {
  const list: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof list === 'function') {
    return list('default');
  }
  const { NODE_EXTRA_CA_CERTS: extra } = process.env;
  return [...tls.rootCertificates, ...(extra ? readAuthorities('NODE_EXTRA_CA_CERTS', extra) : [])];
};

/**
 * The platform's authorities and those of a file: naming authorities to Node replaces its own, so
 * those are named again.
 *
 * @param name the setting that names the file, for the fault.
 * @throws {@link BadParameterError} when the file cannot be read or holds no certificate.
 */
export const authoritiesWith = (name: string, caFile: string): string[] => [
  ...platformAuthorities(),
  ...readAuthorities(name, caFile),
];

/** No key in the server's chain is one of those that were pinned. */
export class PinMismatch extends Error {
  readonly code = 'PIN_MISMATCH';
  /** The server's own key as a pin: SHA-256 in base64. */
  readonly keyHash: string;

  constructor(keyHash: string) {
    super('no pinned key');
    this.keyHash = keyHash;
  }
}

const pinOf = ({ publicKey }: X509Certificate): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

/** The chain from the server up. A certificate that did not sign the one before is not of it. */
const chainOf = (peer: tls.DetailedPeerCertificate): X509Certificate[] => {
  const chain = [new X509Certificate(peer.raw)];
  let current = peer;
  while (current.issuerCertificate && current.issuerCertificate !== current) {
    const issuer = new X509Certificate(current.issuerCertificate.raw);
    if (!chain[chain.length - 1]?.verify(issuer.publicKey)) {
      break;
    }
    chain.push(issuer);
    current = current.issuerCertificate;
  }
  return chain;
};

/**
 * A check of a server's identity that also wants one of these keys in its chain. It runs before
 * anything is sent, and on top of the usual checks.
 *
 * @param pins SHA-256 of public keys, in base64.
 */
export const checkPins =
  (pins: readonly string[]) =>
  (host: string, peer: tls.PeerCertificate): Error | undefined => {
    const mismatch = tls.checkServerIdentity(host, peer);
    if (mismatch !== undefined) {
      return mismatch;
    }
    // Node hands over the whole chain here, though its types do not say so.
    const keys = chainOf(peer as tls.DetailedPeerCertificate).map(pinOf);
    return keys.some((key) => pins.includes(key)) ? undefined : new PinMismatch(keys[0] ?? '');
  };

/** How connections to Duo, and to a proxy on the way, are secured. */
export interface TlsSettings {
  readonly secureContext: tls.SecureContext;
  readonly rejectUnauthorized: boolean;
}

/**
 * TLS 1.2 and later, the platform's authorities with those of `ca_file`, and a client certificate
 * where one is given. The files are read once, here.
 *
 * @throws {@link BadParameterError} when a file cannot be read or used.
 */
export const createTlsSettings = ({ settings, nameOf }: LoadedSettings): TlsSettings => {
  const { caFile, clientCertFile, clientKeyFile, insecure } = settings;
  const [cert, key] = [nameOf('clientCertFile'), nameOf('clientKeyFile')];
  const options: tls.SecureContextOptions = {
    minVersion: 'TLSv1.2',
    ...(caFile !== undefined && { ca: authoritiesWith(nameOf('caFile'), caFile) }),
    ...(clientCertFile !== undefined && { cert: readFile(cert, clientCertFile) }),
    ...(clientKeyFile !== undefined && { key: readFile(key, clientKeyFile) }),
  };
  try {
    return { secureContext: tls.createSecureContext(options), rejectUnauthorized: !insecure };
  } catch {
    return fault(cert, `holds no certificate that goes with ${key}`);
  }
};
