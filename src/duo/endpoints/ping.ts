import * as z from 'zod/mini';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { type RawResponse, readResponse } from './response.ts';

/** Duo's clock, as `/ping` and `/check` tell it. */
export interface TimeResponse {
  readonly time: Date;
  readonly raw: RawResponse;
}

const schema = z.looseObject({ time: z.int() });

/** Read an answer that holds Duo's time. */
export const readTime = (endpoint: 'ping' | 'check', reply: ApiResponse): TimeResponse => {
  const { response, raw } = readResponse(endpoint, reply, schema);
  return { time: new Date(response.time * 1000), raw };
};

/** Is Duo there, and what time is it? Unsigned. */
export const pingRequest = (): ApiRequest => apiRequest('ping', 'GET', {}, { signed: false });

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parsePingResponse = (reply: ApiResponse): TimeResponse => readTime('ping', reply);

/** Are the keys right, and the signature? */
export const checkRequest = (): ApiRequest => apiRequest('check', 'GET');

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseCheckResponse = (reply: ApiResponse): TimeResponse => readTime('check', reply);
