import * as z from 'zod/mini';
import { BadArgumentError } from '../errors/input-errors.ts';
import { type ApiRequest, type ApiResponse, apiRequest } from '../request.ts';
import { encodePairs } from '../sign-request.ts';
import { isWellFormed } from '../text.ts';
import { type UserSelector, userParams } from './preauth.ts';
import { builtOnce, type RawResponse, readResponse } from './response.ts';

/** What a push shows beside the request: names and values, in the order given. */
export type Pushinfo = Readonly<Record<string, string>>;

// Duo Auth API, "/auth", "Parameters": https://duo.com/docs/authapi#/auth
const byteLimit = 20_000;

/** Why Duo would not take this pushinfo; `undefined` when it would. */
export const faultOfPushinfo = (pushinfo: Pushinfo): string | undefined => {
  const pairs = Object.entries(pushinfo);
  const tooLong = `must stay under ${byteLimit} bytes once encoded`;
  // Encoding only adds to it, and takes seconds for a megabyte in XSOAR's engine.
  if (pairs.join('').length >= byteLimit) {
    return tooLong;
  }
  if (!pairs.every((pair) => pair.every(isWellFormed))) {
    return 'is not well-formed Unicode text';
  }
  // The encoding is ASCII, so its length is its size in bytes.
  return encodePairs(pairs).length < byteLimit ? undefined : tooLong;
};

/**
 * Pushinfo as Duo takes it: URL-encoded pairs.
 *
 * @throws {@link BadArgumentError} when Duo would not take it.
 */
export const encodePushinfo = (pushinfo: Pushinfo): string => {
  const rule = faultOfPushinfo(pushinfo);
  if (rule !== undefined) {
    throw new BadArgumentError('/auth', [{ name: 'pushinfo', rule }]);
  }
  return encodePairs(Object.entries(pushinfo));
};

/** A way to authenticate. */
export type Factor = 'auto' | 'push' | 'passcode' | 'sms' | 'phone';

/** The ways to authenticate. */
export const factors = [
  'auto',
  'push',
  'passcode',
  'sms',
  'phone',
] as const satisfies readonly Factor[];

/** What a push takes. */
export interface PushOptions {
  /** A device's id, or `auto` (the default) for the first that can do it. */
  readonly device?: string | undefined;
  /** Replaces "Login request" on the phone. */
  readonly type?: string | undefined;
  /** Shown on the phone in place of the user name. */
  readonly displayUsername?: string | undefined;
  /** What the phone shows beside the request; under 20,000 bytes once encoded. */
  readonly pushinfo?: Pushinfo | undefined;
  /** The verified push that `preauth` announced. */
  readonly txid?: string | undefined;
}

/** A factor, and what it takes. */
export type FactorParams =
  | ({ readonly factor: 'auto' | 'push' } & PushOptions)
  | { readonly factor: 'passcode'; readonly passcode: string }
  | { readonly factor: 'sms' | 'phone'; readonly device?: string | undefined };

/**
 * Who is to authenticate, and how.
 *
 * @see Duo Auth API, "/auth": https://duo.com/docs/authapi#/auth
 */
export type AuthParams = UserSelector &
  FactorParams & {
    /** Address of the user's machine. */
    readonly ipaddr?: string | undefined;
    /** Name of the user's machine. */
    readonly hostname?: string | undefined;
  };

/** An authentication that goes on at Duo; `auth_status` follows it. */
export interface AuthStarted {
  /** What `authStatus` and `followTransaction` take. */
  readonly txid: string;
  readonly raw: RawResponse;
}

const factorParams = (params: FactorParams) => {
  switch (params.factor) {
    case 'auto':
    case 'push':
      return {
        device: params.device ?? 'auto',
        type: params.type,
        display_username: params.displayUsername,
        pushinfo: params.pushinfo === undefined ? undefined : encodePushinfo(params.pushinfo),
        txid: params.txid,
      };
    case 'passcode':
      return { passcode: params.passcode };
    case 'sms':
    case 'phone':
      return { device: params.device ?? 'auto' };
  }
};

/**
 * Authenticate a user. With `async` Duo answers at once with a transaction id; without it, Duo holds
 * the response back until the user has acted.
 *
 * @see Duo Auth API, "Endpoints", "/auth": https://duo.com/docs/authapi#/auth
 * @throws {@link BadArgumentError} when `pushinfo` is too long.
 */
export const authRequest = (params: AuthParams, options: { async: boolean }): ApiRequest =>
  apiRequest(
    'auth',
    'POST',
    {
      ...userParams(params),
      factor: params.factor,
      ipaddr: params.ipaddr,
      hostname: params.hostname,
      async: options.async ? '1' : undefined,
      ...factorParams(params),
    },
    { holdsOpen: !options.async },
  );

const startedSchema = builtOnce(() => z.looseObject({ txid: z.string().check(z.minLength(1)) }));

/**
 * Read the response to a call with `async`.
 *
 * @throws {@link DuoApiError} or {@link InvalidResponseError}.
 */
export const parseAuthStarted = (apiResponse: ApiResponse): AuthStarted => {
  const { response, raw } = readResponse('auth', apiResponse, startedSchema);
  return { txid: response.txid, raw };
};
