import type { ApiResponse } from '../src/duo/request.ts';

/** A reply as a host would hand it to a plan. */
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

/** Duo's refusal. */
export const failResponse = (code: number, message: string, detail?: string): ApiResponse =>
  responseWith(JSON.stringify({ stat: 'FAIL', code, message, message_detail: detail }), {
    status: Math.floor(code / 100),
  });
