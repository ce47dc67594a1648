import * as z from 'zod/mini';
import { InvalidResponseError } from '../errors/invalid-response-error.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { readResponse } from './response.ts';

/** The picture that the account shows its users. */
export interface LogoResponse {
  readonly contentType: string;
  readonly png: Uint8Array;
}

/** The account's logo. */
export const logoRequest = (): ApiRequest => apiRequest('logo', 'GET');

/**
 * @throws {@link DuoApiError} when there is no logo, {@link InvalidResponseError} when the reply is
 * no picture or the host cannot give bytes.
 */
export const parseLogoResponse = (reply: ApiResponse): LogoResponse => {
  if (reply.status === 200 && reply.contentType.startsWith('image/')) {
    if (reply.bytes === undefined) {
      throw new InvalidResponseError('logo', reply.status, 'this host gives no bytes');
    }
    return { contentType: reply.contentType, png: reply.bytes };
  }
  readResponse('logo', reply, z.never());
  throw new InvalidResponseError('logo', reply.status, 'it is not a picture');
};
