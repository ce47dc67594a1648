import * as z from 'zod/mini';
import { type ApiReply, type ApiRequest, apiRequest } from '../request.ts';
import { type RawReply, readReply } from './envelope.ts';

export interface EnrollStatusParams {
  readonly userId: string;
  readonly activationCode: string;
}

export interface EnrollStatusReply {
  /** `success`: the code was claimed; `waiting`: not yet; `invalid`: expired or not this user's. */
  readonly result: 'success' | 'waiting' | 'invalid';
  readonly raw: RawReply;
}

const schema = z.enum(['success', 'waiting', 'invalid']);

/** Has the user activated Duo Mobile with this code? */
export const enrollStatusRequest = (params: EnrollStatusParams): ApiRequest =>
  apiRequest('enroll_status', 'POST', {
    user_id: params.userId,
    activation_code: params.activationCode,
  });

/** @throws {@link RefusedError} or {@link UnreadableReplyError}. */
export const parseEnrollStatusReply = (reply: ApiReply): EnrollStatusReply => {
  const { response, raw } = readReply('enroll_status', reply, schema);
  return { result: response, raw };
};
