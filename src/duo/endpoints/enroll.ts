import * as z from 'zod/mini';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { builtOnce, optionalValue, type RawResponse, readResponse, unixTime } from './response.ts';

/**
 * What to enroll.
 *
 * @see Duo Auth API, "/enroll": https://duo.com/docs/authapi#/enroll
 */
export interface EnrollParams {
  /** The new user's name; without it Duo makes one up. */
  readonly username?: string | undefined;
  /** How long the activation code lives, in seconds; Duo's default is 86,400. */
  readonly validSeconds?: number | undefined;
  /** How many bypass codes to make, 1 to 10. An older parameter that Duo no longer documents. */
  readonly bypassCodes?: number | undefined;
}

/**
 * The new user, and the code that adds the account to Duo Mobile.
 *
 * @see Duo Auth API, "/enroll": https://duo.com/docs/authapi#/enroll
 */
export interface EnrollResponse {
  /** Duo's `DU…` id. */
  readonly userId: string;
  /** The name given, or the one that Duo made up. */
  readonly username: string;
  /** Address of a QR code to scan with Duo Mobile. */
  readonly activationBarcode: string;
  /** What `enrollStatus` asks about. */
  readonly activationCode: string;
  /** Address to open on the phone, where Duo gives one. */
  readonly activationUrl: string | undefined;
  /** When the activation code expires. */
  readonly expiration: Date;
  /** Secrets. Empty unless asked for. */
  readonly bypassCodes: readonly string[];
  readonly raw: RawResponse;
}

const schema = builtOnce(() =>
  z.looseObject({
    user_id: z.string(),
    username: z.string(),
    activation_barcode: z.string(),
    activation_code: z.string(),
    activation_url: optionalValue,
    expiration: unixTime,
    bypass_codes: z.optional(
      z.nullable(z.array(z.pipe(z.union([z.string(), z.number()]), z.transform(String)))),
    ),
  }),
);

/**
 * Create a user and an activation code for Duo Mobile.
 *
 * @see Duo Auth API, "Endpoints", "/enroll": https://duo.com/docs/authapi#/enroll
 */
export const enrollRequest = (params: EnrollParams = {}): ApiRequest =>
  apiRequest('enroll', 'POST', {
    username: params.username,
    valid_secs: params.validSeconds?.toString(),
    bypass_codes: params.bypassCodes?.toString(),
  });

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseEnrollResponse = (apiResponse: ApiResponse): EnrollResponse => {
  const { response, raw } = readResponse('enroll', apiResponse, schema);
  return {
    userId: response.user_id,
    username: response.username,
    activationBarcode: response.activation_barcode,
    activationCode: response.activation_code,
    activationUrl: response.activation_url,
    expiration: response.expiration,
    bypassCodes: response.bypass_codes ?? [],
    raw,
  };
};

/**
 * Which enrollment to ask about.
 *
 * @see Duo Auth API, "/enroll_status": https://duo.com/docs/authapi#/enroll_status
 */
export interface EnrollStatusParams {
  /** The `userId` of the enrollment. */
  readonly userId: string;
  /** The `activationCode` of the enrollment. */
  readonly activationCode: string;
}

/**
 * Where an enrollment is.
 *
 * @see Duo Auth API, "/enroll_status": https://duo.com/docs/authapi#/enroll_status
 */
export interface EnrollStatusResponse {
  /** `success`: the code was claimed; `waiting`: not yet; `invalid`: expired or not this user's. */
  readonly result: 'success' | 'waiting' | 'invalid';
  readonly raw: RawResponse;
}

const statusSchema = builtOnce(() => z.literal(['success', 'waiting', 'invalid']));

/**
 * Has the user activated Duo Mobile with this code?
 *
 * @see Duo Auth API, "Endpoints", "/enroll_status": https://duo.com/docs/authapi#/enroll_status
 */
export const enrollStatusRequest = (params: EnrollStatusParams): ApiRequest =>
  apiRequest('enroll_status', 'POST', {
    user_id: params.userId,
    activation_code: params.activationCode,
  });

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parseEnrollStatusResponse = (apiResponse: ApiResponse): EnrollStatusResponse => {
  const { response, raw } = readResponse('enroll_status', apiResponse, statusSchema);
  return { result: response, raw };
};
