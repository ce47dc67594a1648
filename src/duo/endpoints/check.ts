import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { readTime, type TimeResponse } from './ping.ts';

/** Are the keys right, and the signature? */
export const checkRequest = (): ApiRequest => apiRequest('check', 'GET');

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseCheckResponse = (reply: ApiResponse): TimeResponse => readTime('check', reply);
