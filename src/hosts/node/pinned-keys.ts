import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';

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
const chainOf = (peer: DetailedPeerCertificate): X509Certificate[] => {
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
  (host: string, peer: PeerCertificate): Error | undefined => {
    const mismatch = checkServerIdentity(host, peer);
    if (mismatch !== undefined) {
      return mismatch;
    }
    // Node hands over the whole chain here, though its types do not say so.
    const keys = chainOf(peer as DetailedPeerCertificate).map(pinOf);
    return keys.some((key) => pins.includes(key)) ? undefined : new PinMismatch(keys[0] ?? '');
  };
