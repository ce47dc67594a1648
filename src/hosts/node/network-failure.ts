import { isAxiosError } from 'axios';
import { CancelledError } from '../../duo/errors/cancelled-error.ts';
import {
  type Destination,
  describeNetworkFailure,
} from '../../duo/errors/describe-network-failure.ts';
import type { DuoError } from '../../duo/errors/duo-error.ts';
import { NetworkError, type NetworkErrorKind } from '../../duo/errors/network-error.ts';
import { UnreadableReplyError } from '../../duo/errors/unreadable-reply-error.ts';

const kinds = new Map<string, NetworkErrorKind>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['EACCES', 'refused'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNABORTED', 'timeout'],
]);

const tlsCodes =
  /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|ERR_OSSL)/;

const unknownAuthority = 'its certificate comes from an authority that is not trusted here';

const tlsReasons = new Map<string, string>([
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
]);

// axios and its proxy agent have no code of their own for a proxy's refusal to connect.
const proxyRefusal = /proxy|CONNECT/i;

const kindOf = (code: string, message: string): NetworkErrorKind => {
  if (tlsCodes.test(code)) {
    return 'tls';
  }
  if (proxyRefusal.test(message)) {
    return 'proxy';
  }
  return kinds.get(code) ?? 'reset';
};

/**
 * Make an error of ours from what axios threw. Only its code is kept: the original carries the
 * signature and the body, so it must not travel on, not even as a cause.
 */
export const toDuoError = (thrown: unknown, to: Destination, signal?: AbortSignal): DuoError => {
  if (signal?.aborted) {
    return new CancelledError(to.endpoint);
  }
  if (!isAxiosError(thrown)) {
    return new NetworkError(
      'reset',
      to.endpoint,
      describeNetworkFailure('reset', to, ''),
      'UNKNOWN',
    );
  }
  const code = thrown.code ?? 'UNKNOWN';
  if (code === 'ERR_BAD_RESPONSE' || /maxContentLength/.test(thrown.message)) {
    return new UnreadableReplyError(
      to.endpoint,
      thrown.response?.status ?? 0,
      'it is larger than a Duo reply can be',
    );
  }
  const kind = kindOf(code, thrown.message);
  const detail = tlsReasons.get(code) ?? `TLS failed with ${code}`;
  return new NetworkError(kind, to.endpoint, describeNetworkFailure(kind, to, detail), code);
};
