import * as z from 'zod/mini';
import { InvalidResponseError } from '../errors/invalid-response-error.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { sanitizeText } from '../text.ts';
import { type RawResponse, readResponse } from './response.ts';

export interface AuthStatusParams {
  readonly txid: string;
}

/** Where does a transaction stand? Duo holds the answer back until the status changes. */
export const authStatusRequest = ({ txid }: AuthStatusParams): ApiRequest =>
  apiRequest('auth_status', 'GET', { txid }, { holdsOpen: true });

/** A status that Duo may add one day. It can only ever stand beside a deny or a wait. */
type NewStatus = string & Record<never, never>;

export type DenyStatus = 'deny' | 'timeout' | 'fraud' | 'locked_out' | 'sent' | NewStatus;
export type WaitingStatus = 'calling' | 'answered' | 'pushed' | 'push_failed' | NewStatus;

interface AuthBase {
  /** Duo's words for a person, sanitized. */
  readonly statusMessage: string;
  readonly raw: RawResponse;
}

/** The user is let in. */
export interface AuthAllowed extends AuthBase {
  readonly result: 'allow';
  readonly status: 'allow' | 'bypass';
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

/** Where an authentication stands. */
export type AuthStatusResponse = AuthResponse | AuthWaiting;

const allowStatuses = ['allow', 'bypass'] as const;

const fields = {
  status: z.string(),
  status_msg: z.string(),
  trusted_device_token: z.optional(z.string()),
};

const finalSchema = z.looseObject({ result: z.enum(['allow', 'deny']), ...fields });
const anySchema = z.looseObject({ result: z.enum(['allow', 'deny', 'waiting']), ...fields });

type Wire = z.infer<typeof anySchema>;

const toReply = (
  endpoint: 'auth' | 'auth_status',
  wire: Wire,
  raw: RawResponse,
): AuthStatusResponse => {
  const base = { statusMessage: sanitizeText(wire.status_msg), raw };
  const status = sanitizeText(wire.status);
  switch (wire.result) {
    case 'allow': {
      const known = allowStatuses.find((one) => one === wire.status);
      if (known === undefined) {
        throw new InvalidResponseError(endpoint, 200, 'its status does not go with an allow');
      }
      const trustedDeviceToken = wire.trusted_device_token;
      return { ...base, result: 'allow', status: known, trustedDeviceToken };
    }
    case 'deny':
      return { ...base, result: 'deny', status };
    case 'waiting':
      // Duo's table once called an unanswered push "waiting"; the service says "deny". It is over.
      return { ...base, result: status === 'timeout' ? 'deny' : 'waiting', status };
  }
};

/**
 * Read the answer to a synchronous `/auth`. Anything that is not final is unreadable: a bare
 * transaction id decides nothing.
 *
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const parseAuthResponse = (reply: ApiResponse): AuthResponse => {
  const { response, raw } = readResponse('auth', reply, finalSchema);
  return toReply('auth', response, raw) as AuthResponse;
};

/**
 * Read the answer to `/auth_status`.
 *
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const parseAuthStatusResponse = (reply: ApiResponse): AuthStatusResponse => {
  const { response, raw } = readResponse('auth_status', reply, anySchema);
  return toReply('auth_status', response, raw);
};
