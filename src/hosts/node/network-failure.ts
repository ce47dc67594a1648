import { isAxiosError } from 'axios';
import type { DuoError } from '../../duo/errors/duo-error.ts';
import { InvalidResponseError } from '../../duo/errors/invalid-response-error.ts';
import {
  CancelledError,
  type Destination,
  describeNetworkFailure,
  NetworkError,
  type NetworkErrorKind,
  type NetworkErrorOptions,
  type SentState,
} from '../../duo/errors/network-error.ts';
import { peerOf, wasTrusted } from './agent.ts';
import type { Ended } from './limit-call.ts';
import { ProxyFailure } from './proxy-failure.ts';
import { describeTlsFailure, isTlsCode } from './tls-failure.ts';

const kinds = new Map<string, NetworkErrorKind>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['EACCES', 'refused'],
  ['ETIMEDOUT', 'timeout'],
]);

/** What axios threw, as far as it may be looked at: its request holds the signature. */
interface Thrown {
  readonly code: string;
  readonly message: string;
  readonly cause: unknown;
  readonly socket: object | undefined;
}

// Where writing fails, OpenSSL's own word is in the message only; elsewhere Node makes a code of it.
const opensslReason = /:SSL routines:[^:]*:([\w ]+):/;

const codeFrom = (code: string, message: string): string => {
  const reason = code === 'EPROTO' ? opensslReason.exec(message)?.[1] : undefined;
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replace(/ /g, '_')}`;
};

const read = (thrown: unknown): Thrown => {
  if (!isAxiosError(thrown)) {
    return { code: 'UNKNOWN', message: '', cause: undefined, socket: undefined };
  }
  const { code = 'UNKNOWN', message, cause, request } = thrown;
  return {
    code: codeFrom(code, message),
    message,
    cause,
    socket: request?.socket ?? undefined,
  };
};

// Without a connection, or before it was trusted, the request has not left this process.
const sentOver = (socket: object | undefined): SentState =>
  socket !== undefined && wasTrusted(socket) ? 'unknown' : 'no';

/** A reply came, and broke a rule of HTTP or of ours before anybody could read it. */
const brokenReply = ({ code, message }: Thrown): string | undefined => {
  // A reply that broke off has the same code; the name of our own option tells them apart.
  if (code === 'ERR_BAD_RESPONSE' && message.includes('maxContentLength')) {
    return 'it is larger than a reply of Duo can be';
  }
  if (/^HPE_/.test(code)) {
    return `it is not proper HTTP (${code})`;
  }
  return /^Z_|^ERR_(?:BROTLI|_ERROR)/.test(code) ? 'its compression is broken' : undefined;
};

const fail = (
  kind: NetworkErrorKind,
  reason: string,
  detail: string,
  to: Destination,
  options: NetworkErrorOptions,
): NetworkError =>
  new NetworkError(kind, to.endpoint, describeNetworkFailure(kind, to, detail), reason, options);

const describe = (thrown: Thrown, to: Destination): DuoError => {
  const { code, cause, socket } = thrown;
  const sent = sentOver(socket);
  if (cause instanceof ProxyFailure) {
    return fail('proxy', cause.code, cause.detail, to, { sent: 'no', advice: cause.advice });
  }
  const broken = brokenReply(thrown);
  if (broken !== undefined) {
    return new InvalidResponseError(to.endpoint, 0, broken);
  }
  const peer = socket && peerOf(socket);
  // A certificate was shown and the connection not used: whatever the code, that is why.
  if (isTlsCode(code) || (peer !== undefined && sent === 'no')) {
    const { detail, advice } = describeTlsFailure(code, peer, cause);
    return fail('tls', code, detail, to, { sent, advice });
  }
  return fail(kinds.get(code) ?? 'reset', code, '', to, { sent });
};

/**
 * Make an error of ours from what axios threw. Only what is safe is copied: the original carries the
 * signature and the body, so it must not travel on, not even as a cause.
 */
export const toDuoError = (thrown: unknown, to: Destination, ended?: Ended): DuoError => {
  const known = read(thrown);
  const sent = sentOver(known.socket);
  switch (ended) {
    case 'cancelled':
      return new CancelledError(sent === 'no' ? undefined : to.endpoint);
    case 'timeout':
      return fail('timeout', 'ETIMEDOUT', '', to, { sent });
    case undefined:
      return describe(known, to);
  }
};
