/**
 * The endpoints of version 2.
 *
 * @see Duo Auth API, "Endpoints": https://duo.com/docs/authapi#endpoints
 */
export type Endpoint =
  | 'ping'
  | 'check'
  | 'logo'
  | 'enroll'
  | 'enroll_status'
  | 'preauth'
  | 'auth'
  | 'auth_status';

/** A request to Duo as data: what to ask, before it is dated, signed and sent. */
export interface ApiRequest {
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** `/ping` alone goes unsigned. */
  readonly signed: boolean;
  /** True when Duo may hold the response back until the user has acted, for a minute and more. */
  readonly holdsOpen: boolean;
  /** Give up after this many seconds, if that is sooner than the host's own limit. */
  readonly withinSeconds?: number;
  /** Part of the call before it: it gets what is left of that call's time. */
  readonly continues?: boolean;
  /** Names the request in logs; its retries keep the name. */
  readonly id?: string;
  /** 1 for the first attempt. */
  readonly attempt?: number;
  /** Add this to the host's clock when dating the request: Duo's clock is ahead by so much. */
  readonly clockSkewSeconds?: number | undefined;
}

/** What came back, before it is read. */
export interface ApiResponse {
  /** The HTTP status. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The body as bytes, where the host can give them: `/logo` answers with a picture. */
  readonly bytes?: Uint8Array;
  /** The host's clock when the request left, in milliseconds since 1970. */
  readonly sentAtMs: number;
  /** The host's clock when the response was there, in milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** The header `Retry-After`, or `X-Retry-After`, as it came. */
  readonly retryAfter?: string | undefined;
  /** The header `Date`, in milliseconds since 1970. */
  readonly dateMs?: number | undefined;
  /** False when the host saw that the bytes are not UTF-8. */
  readonly isUtf8?: boolean;
}

/** `undefined` means "not given": it is neither signed nor sent. */
export type OptionalParams = Readonly<Record<string, string | undefined>>;

const withoutMissing = (params: OptionalParams): Record<string, string> => {
  const given: Record<string, string> = {};
  for (const name of Object.keys(params)) {
    const value = params[name];
    if (value !== undefined) {
      given[name] = value;
    }
  }
  return given;
};

/** An ordinary signed request to an endpoint. */
export const apiRequest = (
  endpoint: Endpoint,
  method: 'GET' | 'POST',
  params: OptionalParams = {},
  options: { signed?: boolean; holdsOpen?: boolean } = {},
): ApiRequest => ({
  endpoint,
  method,
  path: `/auth/v2/${endpoint}`,
  params: withoutMissing(params),
  signed: options.signed ?? true,
  holdsOpen: options.holdsOpen ?? false,
});
