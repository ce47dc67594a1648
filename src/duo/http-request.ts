import type { ApiRequest } from './request.ts';
import { encodeParams } from './signing/canonical-request.ts';
import { type HashAlgorithm, type SigningPrimitives, signRequest } from './signing/sign-request.ts';

/** Who calls which Duo account, and how it signs. */
export interface Account {
  /** The API hostname; a port may follow for tests. */
  readonly hostname: string;
  readonly ikey: string;
  readonly skey: string;
  readonly useragent: string;
  readonly signatureVersion?: 2 | 5 | undefined;
  readonly algorithm?: HashAlgorithm | undefined;
  /** Send the date as `X-Duo-Date` as well, for a host whose HTTP client may drop `Date`. */
  readonly repeatDate?: boolean | undefined;
}

/** A request ready to go out. Its headers hold the signature: never log them. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

// Duo signs the host without a port, whichever port the connection goes to.
const withoutPort = (hostname: string): string => hostname.replace(/:\d+$/, '');

/**
 * Date, sign and serialize a request, for this one attempt: a later attempt needs a new date.
 *
 * @param date the moment of sending, by the host's clock.
 */
export const toHttpRequest = (
  request: ApiRequest,
  account: Account,
  date: Date,
  primitives: SigningPrimitives,
): HttpRequest => {
  const { method, path, params } = request;
  const version = account.signatureVersion ?? 2;
  const encoded = encodeParams(params);
  const hasBody = method === 'POST';
  const body = version === 5 ? JSON.stringify(params) : encoded;
  const query = hasBody || encoded === '' ? '' : `?${encoded}`;
  // toUTCString is English whatever the locale, which is what Duo parses.
  const offsetMs = (request.clockSkewSeconds ?? 0) * 1000;
  const dateText = new Date(date.getTime() + offsetMs).toUTCString();
  const duoHeaders: Record<string, string> = account.repeatDate ? { 'X-Duo-Date': dateText } : {};
  const headers: Record<string, string> = {
    Accept: 'application/json, image/png',
    Date: dateText,
    ...duoHeaders,
    'User-Agent': account.useragent,
  };
  if (hasBody) {
    headers['Content-Type'] =
      version === 5 ? 'application/json' : 'application/x-www-form-urlencoded';
  }
  if (request.signed) {
    headers['Authorization'] = signRequest(
      {
        ...account,
        version,
        method,
        host: withoutPort(account.hostname),
        path,
        params,
        date: dateText,
        headers: duoHeaders,
        ...(hasBody && { body }),
      },
      primitives,
    ).authorization;
  }
  return {
    method,
    url: `https://${account.hostname}${path}${query}`,
    headers,
    body: hasBody ? body : undefined,
  };
};
