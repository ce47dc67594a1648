import type { ApiRequest } from './request.ts';
import { canonicalLines, encodeParams, hashLines } from './signing/canonical-request.ts';
import { createSigner, type HashAlgorithm, type SigningPrimitives } from './signing/sign-request.ts';

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

/**
 * A writer for an account's requests; the keys are prepared once. Version 2 sends parameters as a
 * form and signs them, version 5 sends JSON and signs its hash.
 *
 * @see Duo Auth API, "API Details", "Request Format": https://duo.com/docs/authapi#request-format
 * @throws TypeError for version 5 with SHA-1.
 */
export const createRequestWriter = (
  account: Account,
  primitives: SigningPrimitives,
): RequestWriter => {
  const { hostname, useragent, signatureVersion: version = 2, sendDuoDate = false } = account;
  const sign = createSigner({ ...account, version }, primitives);
  const signedHost = account.signPort ? hostname : hostname.replace(/:\d+$/, '');
  const host = signedHost.toLowerCase();
  const isJson = version === 5;
  const contentType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';

  return ({ method, path, params, signed, clockSkewSeconds = 0 }, nowMs) => {
    const isPost = method === 'POST';
    const body = isPost && isJson ? JSON.stringify(params) : undefined;
    const encodedParams = body === undefined ? encodeParams(params) : '';
    const query = isPost || encodedParams === '' ? '' : `?${encodedParams}`;
    // toUTCString is English whatever the locale, which is what Duo parses.
    const date = new Date(nowMs + clockSkewSeconds * 1000).toUTCString();
    const duoHeaders: Record<string, string> = sendDuoDate ? { 'X-Duo-Date': date } : {};
    const headers: Record<string, string> = {
      Accept: 'application/json, image/png',
      Date: date,
      ...duoHeaders,
      'User-Agent': useragent,
    };
    if (isPost) {
      headers['Content-Type'] = contentType;
    }
    if (signed) {
      const lines = canonicalLines({ date, method, host, path, encodedParams });
      const hashes = isJson ? hashLines(body ?? '', duoHeaders, (text) => primitives.sha512(text)) : '';
      headers['Authorization'] = sign(lines + hashes).authorization;
    }
    return {
      method,
      url: `https://${hostname}${path}${query}`,
      headers,
      body: isPost ? (body ?? encodedParams) : undefined,
    };
  };
};
