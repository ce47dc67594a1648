import * as z from 'zod/mini';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { builtOnce, type RawResponse, readResponse, unixTime } from './response.ts';

/** Duo's clock, as `/ping` and `/check` read it. */
export interface TimeResponse {
  /** To the second. */
  readonly time: Date;
  readonly raw: RawResponse;
}

const schema = builtOnce(() => z.looseObject({ time: unixTime }));

const readTime = (endpoint: 'ping' | 'check', apiResponse: ApiResponse): TimeResponse => {
  const { response, raw } = readResponse(endpoint, apiResponse, schema);
  return { time: response.time, raw };
};

/**
 * Is Duo there, and what time is it? Unsigned.
 *
 * @see Duo Auth API, "Endpoints", "/ping": https://duo.com/docs/authapi#/ping
 */
export const pingRequest = (): ApiRequest => apiRequest('ping', 'GET', {}, { signed: false });

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parsePingResponse = (response: ApiResponse): TimeResponse =>
  readTime('ping', response);

/**
 * Are the keys right, and the signature?
 *
 * @see Duo Auth API, "Endpoints", "/check": https://duo.com/docs/authapi#/check
 */
export const checkRequest = (): ApiRequest => apiRequest('check', 'GET');

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseCheckResponse = (response: ApiResponse): TimeResponse =>
  readTime('check', response);
