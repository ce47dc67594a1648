import type { SentState } from '../src/duo/errors/duo-error.ts';
import { NetworkError, type NetworkErrorKind } from '../src/duo/errors/network-error.ts';
import type { ApiResponse, Endpoint } from '../src/duo/request.ts';

/** A response as a host hands it to a plan. */
export const responseWith = (body: string, overrides: Partial<ApiResponse> = {}): ApiResponse => ({
  status: 200,
  contentType: 'application/json',
  body,
  sentAtMs: 1_700_000_000_000,
  receivedAtMs: 1_700_000_000_000,
  ...overrides,
});

/** Duo's success. */
export const okResponse = (response: unknown, overrides: Partial<ApiResponse> = {}): ApiResponse =>
  responseWith(JSON.stringify({ stat: 'OK', response }), overrides);

/** Duo's failure. */
export const failResponse = (code: number, message: string, detail?: string): ApiResponse =>
  responseWith(JSON.stringify({ stat: 'FAIL', code, message, message_detail: detail }), {
    status: Math.floor(code / 100),
  });

/** Too many requests. */
export const busyResponse = (overrides: Partial<ApiResponse> = {}): ApiResponse => ({
  ...failResponse(42901, 'Too many requests'),
  ...overrides,
});

/** No response, and what is known of it. */
export const noResponse = (
  kind: NetworkErrorKind,
  sent: SentState,
  { reason = 'E', endpoint = 'check' }: { reason?: string; endpoint?: Endpoint } = {},
): NetworkError => new NetworkError(kind, endpoint, 'No response.', reason, { sent });
