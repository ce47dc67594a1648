import * as z from 'zod/mini';
import { InvalidResponseError } from '../errors/response-errors.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { readResponse } from './response.ts';

/** The picture that the account shows its users. */
export interface LogoResponse {
  /** As Duo gives it: `image/png`. */
  readonly contentType: string;
  /** The bytes of the picture. */
  readonly png: Uint8Array;
}

/**
 * The account's logo.
 *
 * @see Duo Auth API, "Endpoints", "/logo": https://duo.com/docs/authapi#/logo
 */
export const logoRequest = (): ApiRequest => apiRequest('logo', 'GET');

const never = z.never();

/**
 * @throws {@link DuoApiError} when there is no logo, {@link InvalidResponseError} when the response
 * is no picture or the host cannot give bytes.
 */
export const parseLogoResponse = (response: ApiResponse): LogoResponse => {
  const { status, contentType, bytes } = response;
  if (status !== 200 || !contentType.startsWith('image/')) {
    return readResponse('logo', response, never).response;
  }
  if (bytes === undefined) {
    throw new InvalidResponseError({
      endpoint: 'logo',
      httpStatus: status,
      reason: 'this host gives no bytes',
      isDuo: true,
    });
  }
  return { contentType, png: bytes };
};
