import type { ApiRequest } from './request.ts';
import {
  canonicalLines,
  createSigner,
  encodeParams,
  type HashAlgorithm,
  hashLines,
  type SigningPrimitives,
} from './sign-request.ts';

/** A Duo account, and how requests to it are signed. */
export interface Account {
  /** The API hostname; a port may follow for tests. */
  readonly hostname: string;
  readonly ikey: string;
  readonly skey: string;
  readonly useragent: string;
  /** 2 by default. */
  readonly signatureVersion?: 2 | 5 | undefined;
  readonly algorithm?: HashAlgorithm | undefined;
  /** Sign the port with the host, as some test servers want it. Duo signs the host alone. */
  readonly signPort?: boolean | undefined;
  /** Send the date as `X-Duo-Date` as well, for a host whose HTTP client may drop `Date`. */
  readonly sendDuoDate?: boolean | undefined;
}

/** A request ready to go out. Its headers hold the signature: never log them. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Dates, signs and writes a request, for this one attempt: a later attempt needs a new date.
 *
 * @param nowMs the moment of sending by the host's clock, in milliseconds since 1970.
 */
export type RequestWriter = (request: ApiRequest, nowMs: number) => HttpRequest;

/** Where a request's parameters go, and which of them are signed as parameters. */
interface Message {
  readonly query: string;
  readonly signedParams: string;
  readonly body: string | undefined;
}

/** Version 2 sends a form and signs its parameters, version 5 sends JSON and signs its hash. */
const toMessage = ({ method, params }: ApiRequest, isJson: boolean): Message => {
  const encoded = encodeParams(params);
  if (method === 'GET') {
    return { query: encoded, signedParams: encoded, body: undefined };
  }
  return isJson
    ? { query: '', signedParams: '', body: JSON.stringify(params) }
    : { query: '', signedParams: encoded, body: encoded };
};

/**
 * A writer for an account's requests; the keys are prepared once.
 *
 * @see Duo Auth API, "API Details", "Request Format": https://duo.com/docs/authapi#request-format
 * @throws TypeError for version 5 with SHA-1.
 */
export const createRequestWriter = (
  account: Account,
  primitives: SigningPrimitives,
): RequestWriter => {
  const { hostname, useragent, signatureVersion: version = 2 } = account;
  const sign = createSigner({ ...account, version }, primitives);
  const host = (account.signPort ? hostname : hostname.replace(/:\d+$/, '')).toLowerCase();
  const isJson = version === 5;
  const contentType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';

  const authorize = (request: ApiRequest, date: string, message: Message): string => {
    const { method, path } = request;
    const lines = canonicalLines({ date, method, host, path, encodedParams: message.signedParams });
    const duoHeaders = account.sendDuoDate ? { 'X-Duo-Date': date } : {};
    const hashes = isJson ? hashLines(message.body ?? '', duoHeaders, primitives.sha512) : '';
    return sign(lines + hashes).authorization;
  };

  return (request, nowMs) => {
    const message = toMessage(request, isJson);
    const { query, body } = message;
    // toUTCString is English whatever the locale, which is what Duo parses.
    const date = new Date(nowMs + (request.clockSkewSeconds ?? 0) * 1000).toUTCString();
    const headers = {
      Accept: 'application/json, image/png',
      Date: date,
      ...(account.sendDuoDate && { 'X-Duo-Date': date }),
      'User-Agent': useragent,
      ...(body !== undefined && { 'Content-Type': contentType }),
      ...(request.signed && { Authorization: authorize(request, date, message) }),
    };
    const url = `https://${hostname}${request.path}${query && `?${query}`}`;
    return { method: request.method, url, headers, body };
  };
};
