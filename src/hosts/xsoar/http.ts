import hmac from 'hash.js/lib/hash/hmac.js';
import sha512 from 'hash.js/lib/hash/sha/512.js';
import { encode } from 'js-base64';
import { type ConnectionSettings, timeoutMsOf } from '../../duo/connection-settings.ts';
import {
  type Destination,
  describeNetworkFailure,
  NetworkError,
  type NetworkErrorKind,
} from '../../duo/errors/network-error.ts';
import { createRequestWriter, type HttpRequest as DuoRequest } from '../../duo/http-request.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import { readResponseHeaders } from '../../duo/response-headers.ts';
import type { SigningPrimitives } from '../../duo/sign-request.ts';
import { sanitizeText } from '../../duo/text.ts';
import { type HttpRequest, isObject, type Server } from './server.ts';

/** Signing in an engine that has no cryptography of its own. It knows SHA-512, which Duo takes. */
export const enginePrimitives: SigningPrimitives = {
  createHmac: (algorithm, key) => {
    if (algorithm !== 'sha512') {
      throw new TypeError(`algorithm: ${algorithm} is not known here`);
    }
    return (text) => hmac(sha512, key).update(text).digest('hex');
  },
  sha512: (text) => sha512().update(text).digest('hex'),
  base64: (text) => encode(text),
};

// Everything about the server's `http()` that was read in other scripts and is confirmed by no
// documentation is in this file: header values are lists; the third and fourth arguments are
// `insecure` and `proxy`; the seventh is the time-out in milliseconds, which older servers may
// ignore; a connection that fails gives a `StatusCode` of -1 with the reason in `Status`, and may
// throw instead.

/** Sends one request, dated and signed at that moment. Throws a {@link NetworkError}. */
export type Transport = (request: ApiRequest) => ApiResponse;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const toHeaders = (headers: DuoRequest['headers']): HttpRequest['Headers'] => {
  const lists: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    lists[name] = [value];
  }
  return lists;
};

const headerOf = (headers: unknown, wanted: string): string => {
  if (!isObject(headers)) {
    return '';
  }
  const name = Object.keys(headers).find((one) => one.toLowerCase() === wanted);
  const value = name === undefined ? undefined : headers[name];
  return textOf(Array.isArray(value) ? value[0] : value);
};

type Outcome =
  | Pick<ApiResponse, 'status' | 'contentType' | 'body' | 'retryAfter' | 'dateMs'>
  | { readonly failure: string };

const toOutcome = (response: unknown): Outcome => {
  if (!isObject(response)) {
    return { failure: 'the server gave no response' };
  }
  const { StatusCode: status, Status: words, Headers: headers, Body: body } = response;
  return typeof status === 'number' && status > 0
    ? {
        status,
        contentType: headerOf(headers, 'content-type'),
        body: textOf(body),
        ...readResponseHeaders((name) => headerOf(headers, name)),
      }
    : { failure: textOf(words) };
};

// An Error, an object with a message, or plain text.
const wordsOf = (thrown: unknown): string =>
  isObject(thrown) ? textOf(thrown['message']) : textOf(thrown);

const callHttp = (
  http: Server['http'],
  wire: DuoRequest,
  { insecure, proxy }: ConnectionSettings,
  timeoutMs: number,
): Outcome => {
  const { url, method, headers, body } = wire;
  const request = {
    Method: method,
    Headers: toHeaders(headers),
    ...(body !== undefined && { Body: body }),
  };
  try {
    return toOutcome(http(url, request, insecure, proxy, undefined, undefined, timeoutMs));
  } catch (thrown) {
    return { failure: wordsOf(thrown) };
  }
};

// The server gives the reason why a connection failed in the words of Go's network library, and in no other way.
const kinds: readonly (readonly [RegExp, NetworkErrorKind])[] = [
  [/proxyconnect|proxy/i, 'proxy'],
  [/timeout|timed out|deadline exceeded/i, 'timeout'],
  [/no such host|server misbehaving|lookup /i, 'dns'],
  [/x509|tls|certificate/i, 'tls'],
  [/connection refused|no route to host|network is unreachable/i, 'refused'],
];

// Go looks a name up, dials, and judges a certificate before it writes.
const beforeSending = /\bdial |\blookup |x509: |proxyconnect /i;

const address = /"?(https?:\/\/[^\s"]*)"?:?/g;

// Go names the address that failed. After a redirect that is another one, and the request has left.
const isRedirected = (words: string, url: string): boolean =>
  (words.match(address) ?? []).some((found) => !found.includes(url));

const longestReason = 200;

const toNetworkError = (words: string, url: string, to: Destination): NetworkError => {
  // The address of a status call holds the transaction.
  const reason = words.replace(address, '');
  const kind = kinds.find(([pattern]) => pattern.test(reason))?.[1] ?? 'reset';
  const shown = sanitizeText(reason).slice(0, longestReason) || 'no reason given';
  const isUnsent = beforeSending.test(words) && !isRedirected(words, url);
  return new NetworkError(kind, to.endpoint, describeNetworkFailure(kind, to, shown), shown, {
    sent: isUnsent ? 'no' : 'unknown',
  });
};

/** A transport over the server's `http()`. It never repeats a request. */
export const createTransport = (
  settings: ConnectionSettings,
  { http, now }: Pick<Server, 'http' | 'now'>,
): Transport => {
  const account = {
    hostname: settings.hostname,
    ikey: settings.ikey,
    skey: settings.skey.reveal(),
    useragent: settings.useragent,
    // It is not known whether the server's HTTP client lets a script set Date.
    sendDuoDate: true,
  };
  const writeRequest = createRequestWriter(account, enginePrimitives);
  return (request) => {
    const timeoutMs = timeoutMsOf(request, settings);
    const sentAtMs = now();
    const wire = writeRequest(request, sentAtMs);
    const outcome = callHttp(http, wire, settings, timeoutMs);
    if ('failure' in outcome) {
      const { endpoint } = request;
      throw toNetworkError(outcome.failure, wire.url, {
        endpoint,
        hostname: settings.hostname,
        timeoutMs,
      });
    }
    return { ...outcome, sentAtMs, receivedAtMs: now() };
  };
};
