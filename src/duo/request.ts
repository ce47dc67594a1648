/** Duo Auth API v2's endpoints. */
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
  /** True when Duo may hold the reply back until the user has acted, for a minute and more. */
  readonly holdsOpen: boolean;
  /** Give up after this many seconds, if that is sooner than the host's own limit. */
  readonly withinSeconds?: number;
  /** Names the request in logs; its repeats keep the name. */
  readonly id?: string;
  /** 1 for the first attempt. */
  readonly attempt?: number;
  /** Add this to the host's clock when dating the request: Duo's clock is ahead by so much. */
  readonly clockSkewSeconds?: number;
}

/** What came back, before anything is made of it. */
export interface ApiResponse {
  /** The HTTP status. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The body as bytes, where the host can give them: `/logo` answers with a picture. */
  readonly bytes?: Uint8Array;
  /** The host's clock when the request left, in milliseconds since 1970. */
  readonly sentAtMs: number;
  /** The host's clock when the reply was there, in milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** The header `Retry-After`, or `X-Retry-After`, as it came. */
  readonly retryAfter?: string | undefined;
  /** The header `Date`, in milliseconds since 1970. */
  readonly dateMs?: number | undefined;
  /** False when the host saw that the bytes are not UTF-8. */
  readonly isUtf8?: boolean;
}

/** `undefined` stands for "not given": it is neither signed nor sent. */
export type OptionalParams = Readonly<Record<string, string | undefined>>;

const given = (params: OptionalParams): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result;
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
  params: given(params),
  signed: options.signed ?? true,
  holdsOpen: options.holdsOpen ?? false,
});

/**
 * What a reply's headers tell about delivering: when to come back, and what time it is at Duo.
 *
 * @param headerOf a header's value by its lower-case name; empty or `undefined` when it is absent.
 */
export const readResponseHeaders = (
  headerOf: (name: string) => string | undefined,
): Pick<ApiResponse, 'retryAfter' | 'dateMs'> => {
  const dateMs = Date.parse(headerOf('date') ?? '');
  const retryAfter = headerOf('retry-after') || headerOf('x-retry-after');
  return { ...(!Number.isNaN(dateMs) && { dateMs }), ...(retryAfter && { retryAfter }) };
};
