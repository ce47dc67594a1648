import * as z from 'zod/mini';
import { type ApiReply, type ApiRequest, apiRequest } from '../request.ts';
import { type RawReply, readReply } from './envelope.ts';

/** Duo's clock, as `/ping` and `/check` tell it. */
export interface TimeReply {
  readonly time: Date;
  readonly raw: RawReply;
}

const schema = z.looseObject({ time: z.int() });

/** Read an answer that holds Duo's time. */
export const readTime = (endpoint: 'ping' | 'check', reply: ApiReply): TimeReply => {
  const { response, raw } = readReply(endpoint, reply, schema);
  return { time: new Date(response.time * 1000), raw };
};

/** Is Duo there, and what time is it? Unsigned. */
export const pingRequest = (): ApiRequest => apiRequest('ping', 'GET', {}, { signed: false });

/** @throws {@link RefusedError} or {@link UnreadableReplyError}. */
export const parsePingReply = (reply: ApiReply): TimeReply => readTime('ping', reply);
