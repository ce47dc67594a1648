import * as z from 'zod/mini';
import { UnreadableReplyError } from '../errors/unreadable-reply-error.ts';
import { type ApiReply, type ApiRequest, apiRequest } from '../request.ts';
import { readReply } from './envelope.ts';

/** The picture that the account shows its users. */
export interface LogoReply {
  readonly contentType: string;
  readonly png: Uint8Array;
}

/** The account's logo. */
export const logoRequest = (): ApiRequest => apiRequest('logo', 'GET');

/**
 * @throws {@link RefusedError} when there is no logo, {@link UnreadableReplyError} when the reply is
 * no picture or the host cannot give bytes.
 */
export const parseLogoReply = (reply: ApiReply): LogoReply => {
  if (reply.status === 200 && reply.contentType.startsWith('image/')) {
    if (reply.bytes === undefined) {
      throw new UnreadableReplyError('logo', reply.status, 'this host gives no bytes');
    }
    return { contentType: reply.contentType, png: reply.bytes };
  }
  readReply('logo', reply, z.never());
  throw new UnreadableReplyError('logo', reply.status, 'it is not a picture');
};
