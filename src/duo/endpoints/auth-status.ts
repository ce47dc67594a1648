import * as z from 'zod/mini';
import { InvalidResponseError } from '../errors/response-errors.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { excerpt, sanitizeText } from '../text.ts';
import { optionalText, optionalValue, type RawResponse, readResponse } from './response.ts';

/** A status that Duo may add one day. */
type NewStatus = string & Record<never, never>;

/** Why a user is let in. */
export type AllowStatus = 'allow' | 'bypass' | NewStatus;
/** Why a user is not let in. */
export type DenyStatus = 'deny' | 'timeout' | 'fraud' | 'locked_out' | 'sent' | NewStatus;
/** What the user is waited for with. */
export type WaitingStatus = 'calling' | 'answered' | 'pushed' | 'push_failed' | NewStatus;

interface AuthBase {
  /** Duo's words for a person, sanitized. */
  readonly statusMessage: string;
  readonly raw: RawResponse;
}

/** The user is let in. */
export interface AuthAllowed extends AuthBase {
  readonly result: 'allow';
  readonly status: AllowStatus;
  /** Lets `preauth` recognize this device later. A secret. */
  readonly trustedDeviceToken: string | undefined;
}

/** The user is not let in; `sent` says that passcodes went out by text message. */
export interface AuthDenied extends AuthBase {
  readonly result: 'deny';
  readonly status: DenyStatus;
}

/** The user has not acted yet. */
export interface AuthWaiting extends AuthBase {
  readonly result: 'waiting';
  readonly status: WaitingStatus;
}

/** The end of an authentication. A deny is an answer, not an error. */
export type AuthResponse = AuthAllowed | AuthDenied;

/** Where an authentication is: ended, or still waiting for the user. */
export type AuthStatusResponse = AuthResponse | AuthWaiting;

/**
 * Which transaction to ask about.
 *
 * @see Duo Auth API, "/auth_status": https://duo.com/docs/authapi#/auth_status
 */
export interface AuthStatusParams {
  /** From `auth` with `async`. */
  readonly txid: string;
}

/**
 * Ask for a transaction's status. Duo holds the response back until the status changes.
 *
 * @see Duo Auth API, "Endpoints", "/auth_status": https://duo.com/docs/authapi#/auth_status
 */
export const authStatusRequest = ({ txid }: AuthStatusParams): ApiRequest =>
  apiRequest('auth_status', 'GET', { txid }, { holdsOpen: true });

const fields = {
  status: z.string(),
  status_msg: optionalText,
  trusted_device_token: optionalValue,
};

const finalSchema = z.looseObject({ result: z.literal(['allow', 'deny']), ...fields });
const anySchema = z.looseObject({ result: z.literal(['allow', 'deny', 'waiting']), ...fields });

// Every status that Duo documents beside "deny" and "waiting": Duo Auth API, "/auth" and "/auth_status",
// "Response Format". https://duo.com/docs/authapi#/auth_status
const notAllowed = [
  ...['deny', 'timeout', 'fraud', 'locked_out', 'sent'],
  ...['calling', 'answered', 'pushed', 'push_failed'],
];

const toAuthResponse = (
  endpoint: 'auth' | 'auth_status',
  apiResponse: ApiResponse,
  schema: typeof anySchema | typeof finalSchema,
): AuthStatusResponse => {
  const { response, raw } = readResponse(endpoint, apiResponse, schema as typeof anySchema);
  const { result } = response;
  const status = sanitizeText(response.status);
  const base = { statusMessage: response.status_msg ?? '', raw };
  switch (result) {
    case 'allow':
      // The sanitized text is compared, since it is what a person reads beside the result.
      if (notAllowed.includes(status.toLowerCase())) {
        throw new InvalidResponseError({
          endpoint,
          httpStatus: apiResponse.status,
          reason: 'its result is an allow, and its status is not',
          excerpt: excerpt(apiResponse.body),
          isDuo: true,
        });
      }
      return { ...base, result, status, trustedDeviceToken: response.trusted_device_token };
    case 'deny':
      return { ...base, result, status };
    case 'waiting':
      // Duo's table lists an unanswered push as "waiting"; the service says "deny". It is over.
      return { ...base, result: status === 'timeout' ? 'deny' : 'waiting', status };
  }
};

/**
 * Read the response to a synchronous `/auth`. Anything that is not final is invalid: a bare
 * transaction id decides nothing. The result alone decides: Duo may add statuses.
 *
 * @see Duo Auth API, "About the Auth API": https://duo.com/docs/authapi#about-the-auth-api
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const parseAuthResponse = (response: ApiResponse): AuthResponse =>
  toAuthResponse('auth', response, finalSchema) as AuthResponse;

/**
 * Read the response to `/auth_status`.
 *
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const parseAuthStatusResponse = (response: ApiResponse): AuthStatusResponse =>
  toAuthResponse('auth_status', response, anySchema);
