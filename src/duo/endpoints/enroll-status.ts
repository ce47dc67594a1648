import * as z from 'zod/mini';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { type RawResponse, readResponse } from './envelope.ts';

export interface EnrollStatusParams {
  readonly userId: string;
  readonly activationCode: string;
}

export interface EnrollStatusResponse {
  /** `success`: the code was claimed; `waiting`: not yet; `invalid`: expired or not this user's. */
  readonly result: 'success' | 'waiting' | 'invalid';
  readonly raw: RawResponse;
}

const schema = z.enum(['success', 'waiting', 'invalid']);

/** Has the user activated Duo Mobile with this code? */
export const enrollStatusRequest = (params: EnrollStatusParams): ApiRequest =>
  apiRequest('enroll_status', 'POST', {
    user_id: params.userId,
    activation_code: params.activationCode,
  });

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseEnrollStatusResponse = (reply: ApiResponse): EnrollStatusResponse => {
  const { response, raw } = readResponse('enroll_status', reply, schema);
  return { result: response, raw };
};
