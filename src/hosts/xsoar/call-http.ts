import type { WireRequest } from '../../duo/http-request.ts';
import { type ApiResponse, readDeliveryHeaders } from '../../duo/request.ts';
import type { HttpRequest, Server } from './server.ts';

/** How the server's HTTP client is to connect. */
export interface Connection {
  readonly insecure: boolean;
  readonly proxy: boolean;
  readonly timeoutMs: number;
}

/** Either a reply, or the server's words on why there is none. */
export type HttpOutcome =
  | Pick<ApiResponse, 'status' | 'contentType' | 'body' | 'retryAfter' | 'dateMs'>
  | { readonly failure: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const toHeaders = (headers: WireRequest['headers']): HttpRequest['Headers'] => {
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

const toOutcome = (response: unknown): HttpOutcome => {
  if (!isObject(response)) {
    return { failure: 'the server gave no reply' };
  }
  const { StatusCode: status, Status: words, Headers: headers, Body: body } = response;
  return typeof status === 'number' && status > 0
    ? {
        status,
        contentType: headerOf(headers, 'content-type'),
        body: textOf(body),
        ...readDeliveryHeaders((name) => headerOf(headers, name)),
      }
    : { failure: textOf(words) };
};

const callUnguarded = (http: Server['http'], wire: WireRequest, connection: Connection): unknown =>
  http(
    wire.url,
    {
      Method: wire.method,
      Headers: toHeaders(wire.headers),
      ...(wire.body !== undefined && { Body: wire.body }),
    },
    connection.insecure,
    connection.proxy,
    undefined,
    undefined,
    connection.timeoutMs,
  );

/**
 * Call the server's `http()`. Everything about it that was read in other scripts and never confirmed
 * by documentation is in this file: that header values are lists, that the third and fourth
 * arguments are `insecure` and `proxy`, that the seventh is the time-out in milliseconds (older
 * servers may ignore it), that a connection that fails gives a `StatusCode` of -1 with the reason in
 * `Status`, and that it may throw a text instead.
 */
export const callHttp = (
  http: Server['http'],
  wire: WireRequest,
  connection: Connection,
): HttpOutcome => {
  try {
    return toOutcome(callUnguarded(http, wire, connection));
  } catch (thrown) {
    return { failure: thrown instanceof Error ? thrown.message : textOf(thrown) };
  }
};
