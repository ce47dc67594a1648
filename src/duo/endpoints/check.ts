import { type ApiReply, type ApiRequest, apiRequest } from '../request.ts';
import { readTime, type TimeReply } from './ping.ts';

/** Are the keys right, and the signature? */
export const checkRequest = (): ApiRequest => apiRequest('check', 'GET');

/** @throws {@link RefusedError} or {@link UnreadableReplyError}. */
export const parseCheckReply = (reply: ApiReply): TimeReply => readTime('check', reply);
