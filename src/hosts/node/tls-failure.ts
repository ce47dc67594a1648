import type { Certificate, DetailedPeerCertificate } from 'node:tls';
import { sanitizeText } from '../../duo/text.ts';
import { PinMismatch } from './tls.ts';

/** Why a connection is not trusted, and what to do about it, where that is known better than usual. */
export interface TlsFailure {
  /** To go after "HOST is not trusted: ". */
  readonly detail: string;
  readonly advice: string | undefined;
}

type Peer = DetailedPeerCertificate | undefined;
type Describe = (peer: Peer, thrown: unknown) => TlsFailure;

const longestName = 100;

// A certificate that is not trusted may say anything.
const shown = (name: string): string => sanitizeText(name).slice(0, longestName);

const nameOf = (names: Partial<Certificate> | undefined): string =>
  shown(String(names?.CN ?? names?.O ?? ''));

const topOf = (peer: DetailedPeerCertificate): DetailedPeerCertificate => {
  let top = peer;
  while (top.issuerCertificate && top.issuerCertificate !== top) {
    top = top.issuerCertificate;
  }
  return top;
};

const beside = (detail: string, name: string): string =>
  name === '' ? detail : `${detail}: ${name}`;

const reportToOwner =
  'If a device on the way inspects TLS, its certificate must be renewed; if not, look at status.duo.com.';

const unknownAuthority: Describe = (peer) => ({
  detail: beside(
    'its certificate comes from an authority that is not trusted here',
    peer === undefined ? '' : nameOf(topOf(peer).issuer),
  ),
  advice:
    'If a device of yours inspects TLS on the way, name its certificate authority in "ca_file"; "insecure" turns the check off and is not safe.',
});

const selfSigned: Describe = (peer) => ({
  detail: beside('its certificate is signed by itself', nameOf(peer?.subject)),
  advice:
    'Duo never uses such a certificate. Check the API hostname, and what answers in place of Duo; if that is meant to be, name its certificate in "ca_file".',
});

const tooOld: Describe = () => ({
  detail: 'it does not speak TLS 1.2 or later',
  advice: 'Duo does. Look for a device on the way that inspects TLS and is out of date.',
});

const notTls: Describe = () => ({
  detail: 'what answers there does not speak TLS',
  advice: 'Check the API hostname and its port.',
});

const wantsClientCertificate: Describe = () => ({
  detail: 'it wants a client certificate, and takes none or not this one',
  advice:
    'Duo wants none. If a device on the way does, set "client_cert_file" and "client_key_file".',
});

/** The reasons that are known better than by their code. */
export const tlsReasons: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  [
    'CERT_HAS_EXPIRED',
    (peer) => ({
      detail: peer
        ? `its certificate, or one above it, has expired (its own: ${shown(peer.valid_to)})`
        : 'its certificate has expired',
      advice: `Check the date of this machine. ${reportToOwner}`,
    }),
  ],
  [
    'CERT_NOT_YET_VALID',
    (peer) => ({
      detail: peer
        ? `its certificate, or one above it, is not valid yet (its own: ${shown(peer.valid_from)})`
        : 'its certificate is not valid yet',
      advice: "Check the date of this machine: it is probably behind the certificate's.",
    }),
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    (peer) => ({
      detail: beside('its certificate is for another host', shown(peer?.subjectaltname ?? '')),
      advice: 'Check the API hostname, and that no proxy answers in its place.',
    }),
  ],
  [
    'PIN_MISMATCH',
    (_peer, thrown) => ({
      detail: beside(
        'none of its keys is in "pinned_keys"; its own',
        thrown instanceof PinMismatch ? `sha256/${thrown.keyHash}` : '',
      ),
      advice:
        'If Duo has changed its keys, add the new one. If a device inspects TLS, it must not.',
    }),
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['CERT_SIGNATURE_FAILURE', unknownAuthority],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', tooOld],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', tooOld],
  ['ERR_SSL_WRONG_VERSION_NUMBER', notTls],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', notTls],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', wantsClientCertificate],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', wantsClientCertificate],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', wantsClientCertificate],
]);

const tlsCodes =
  /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|ERR_OSSL|PIN_)/;

/** Is this a code of TLS, rather than of the connection below it? */
export const isTlsCode = (code: string): boolean => tlsCodes.test(code);

/** Say why a connection is not trusted. */
export const describeTlsFailure = (code: string, peer: Peer, thrown: unknown): TlsFailure =>
  tlsReasons.get(code)?.(peer, thrown) ?? { detail: `TLS failed with ${code}`, advice: undefined };
