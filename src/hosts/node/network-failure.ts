import type { DuoError, SentState } from '../../duo/errors/duo-error.ts';
import {
  CancelledError,
  type Destination,
  describeNetworkFailure,
  mayReachUserAdvice,
  NetworkError,
  type NetworkErrorKind,
  networkAdvice,
} from '../../duo/errors/network-error.ts';
import { InvalidResponseError } from '../../duo/errors/response-errors.ts';
import { SendFailure } from './adapter.ts';
import { isSecured, peerOf } from './agent.ts';
import type { Ended } from './limits.ts';
import { ProxyFailure } from './proxy.ts';
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

// Where writing fails, OpenSSL's own word is in the message only; elsewhere Node makes a code of it.
const opensslReason = /:SSL routines:[^:]*:([\w ]+):/;

const codeOf = ({ code, message }: SendFailure): string => {
  const reason = code === 'EPROTO' ? opensslReason.exec(message)?.[1] : undefined;
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replace(/ /g, '_')}`;
};

/**
 * Has the request left this process? Without a connection, or before it was secured, it has not. What
 * is no failure of the connection, such as a clock that throws, may have come after the sending.
 */
const sentStateOf = (thrown: unknown): SentState => {
  if (!(thrown instanceof SendFailure)) {
    return 'unknown';
  }
  return thrown.socket !== undefined && isSecured(thrown.socket) ? 'unknown' : 'no';
};

const brokenResponses = new Map<string, string>([
  ['RESPONSE_TOO_LARGE', 'it is larger than a response of Duo can be'],
  ['RESPONSE_ENCODED', 'it is compressed, which was not asked for'],
  ['RESPONSE_UPGRADE', 'it changes to another protocol'],
]);

/** A response came, and broke a rule of HTTP or of ours before anything could be read from it. */
const brokenResponse = (code: string): string | undefined =>
  code.startsWith('HPE_') ? `it is not proper HTTP (${code})` : brokenResponses.get(code);

const fail = (
  kind: NetworkErrorKind,
  reason: string,
  detail: string,
  to: Destination,
  sent: SentState,
  advice = networkAdvice[kind],
): NetworkError =>
  new NetworkError(kind, to.endpoint, describeNetworkFailure(kind, to, detail), reason, {
    sent,
    advice: to.endpoint === 'auth' && sent !== 'no' ? `${advice} ${mayReachUserAdvice}` : advice,
  });

const describe = (failure: SendFailure, to: Destination): DuoError => {
  const { cause, socket } = failure;
  const code = codeOf(failure);
  const sent = sentStateOf(failure);
  if (cause instanceof ProxyFailure) {
    return fail('proxy', cause.code, cause.detail, to, 'no', cause.advice);
  }
  const broken = brokenResponse(code);
  if (broken !== undefined) {
    return new InvalidResponseError({ endpoint: to.endpoint, httpStatus: 0, reason: broken });
  }
  const peer = socket && peerOf(socket);
  // A certificate was shown and the connection not used: whatever the code, that is why.
  if (isTlsCode(code) || (peer !== undefined && sent === 'no')) {
    const { detail, advice } = describeTlsFailure(code, peer, cause);
    return fail('tls', code, detail, to, sent, advice);
  }
  return fail(kinds.get(code) ?? 'reset', code, '', to, sent);
};

/**
 * The error of ours for what was thrown while a request was sent. Only what is safe is copied: what
 * axios throws carries the signature and the body, so it must not travel on, not even as a cause.
 */
export const toDuoError = (thrown: unknown, to: Destination, ended?: Ended): DuoError => {
  const sent = sentStateOf(thrown);
  switch (ended) {
    case 'cancelled':
      return new CancelledError(sent === 'no' ? undefined : to.endpoint);
    case 'timeout':
      return fail('timeout', 'ETIMEDOUT', '', to, sent);
    case undefined:
      return thrown instanceof SendFailure
        ? describe(thrown, to)
        : fail('reset', 'UNKNOWN', '', to, sent);
  }
};
