import { isAxiosError } from 'axios';
import { CancelledError } from '../../duo/errors/cancelled-error.ts';
import {
  type Destination,
  describeNetworkFailure,
} from '../../duo/errors/describe-network-failure.ts';
import type { DuoError } from '../../duo/errors/duo-error.ts';
import { NetworkError, type NetworkErrorKind } from '../../duo/errors/network-error.ts';
import { UnreadableReplyError } from '../../duo/errors/unreadable-reply-error.ts';

/** Where a request was on its way to, and whether through a proxy. */
export interface Route extends Destination {
  readonly proxied: boolean;
}

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

const kindOf = (code: string, { proxied }: Route): NetworkErrorKind => {
  if (tlsCodes.test(code)) {
    return 'tls';
  }
  const kind = kinds.get(code) ?? 'reset';
  // Through a proxy, the proxy's is the only name to find and the only connection to refuse.
  return proxied && (kind === 'dns' || kind === 'refused') ? 'proxy' : kind;
};

const networkError = (kind: NetworkErrorKind, code: string, detail: string, route: Route) =>
  new NetworkError(kind, route.endpoint, describeNetworkFailure(kind, route, detail), code);

/** The proxy answered in place of Duo: it would not connect. */
export const proxyRefused = (status: number, route: Route): NetworkError =>
  networkError('proxy', `HTTP_${status}`, `it answered with HTTP ${status}`, route);

const detailOf = (kind: NetworkErrorKind, code: string): string =>
  kind === 'proxy'
    ? `the proxy itself could not be reached (${code})`
    : (tlsReasons.get(code) ?? `TLS failed with ${code}`);

/**
 * Make an error of ours from what axios threw. Only its code is kept: the original carries the
 * signature and the body, so it must not travel on, not even as a cause.
 */
export const toDuoError = (thrown: unknown, route: Route, signal?: AbortSignal): DuoError => {
  if (signal?.aborted) {
    return new CancelledError(route.endpoint);
  }
  const { code = 'UNKNOWN', message } = isAxiosError(thrown) ? thrown : { message: '' };
  // A reply that broke off has the same code; the name of our own option tells them apart.
  if (code === 'ERR_BAD_RESPONSE' && message.includes('maxContentLength')) {
    const reason = 'it is larger than a reply of Duo can be';
    return new UnreadableReplyError(route.endpoint, 0, reason);
  }
  const kind = kindOf(code, route);
  return networkError(kind, code, detailOf(kind, code), route);
};
