import * as z from 'zod/mini';
import { type ApiRequest, type ApiResponse, apiRequest, type OptionalParams } from '../request.ts';
import { sanitizeText } from '../text.ts';
import {
  optionalText,
  optionalValue,
  type RawResponse,
  readResponse,
  unixTime,
} from './response.ts';

/** Selects a user: by name (aliases too) or by Duo's `DU…` id, never by both. */
export type UserSelector =
  | { readonly username: string; readonly userId?: undefined }
  | { readonly userId: string; readonly username?: undefined };

/** The user's parameters on the wire. */
export const userParams = (user: UserSelector): OptionalParams => ({
  username: user.username,
  user_id: user.userId,
});

/**
 * Who wants to authenticate, and from where.
 *
 * @see Duo Auth API, "/preauth": https://duo.com/docs/authapi#/preauth
 */
export type PreauthParams = UserSelector & {
  /** Address of the user's machine; Duo's network and location policies need it. */
  readonly ipaddr?: string | undefined;
  /** Name of the user's machine. */
  readonly hostname?: string | undefined;
  /** From an earlier allow; a remembered device may then be let in at once. */
  readonly trustedDeviceToken?: string | undefined;
  /** The caller can show a verification code, so Duo may ask for a verified push. */
  readonly clientSupportsVerifiedPush?: boolean | undefined;
};

/**
 * Ask whether a user may authenticate, and with which devices.
 *
 * @see Duo Auth API, "Endpoints", "/preauth": https://duo.com/docs/authapi#/preauth
 */
export const preauthRequest = (params: PreauthParams): ApiRequest =>
  apiRequest('preauth', 'POST', {
    ...userParams(params),
    ipaddr: params.ipaddr,
    hostname: params.hostname,
    trusted_device_token: params.trustedDeviceToken,
    client_supports_verified_push: params.clientSupportsVerifiedPush ? '1' : undefined,
  });

/** A phone or a hardware token of a user. Texts are sanitized. */
export interface Device {
  /** Duo's id; what `auth` takes as `device`. */
  readonly device: string;
  /** `phone` or `token`. */
  readonly type: string;
  /** Duo's name for a person, such as `iOS (XXX-XXX-1234)`; empty for a device without one. */
  readonly displayName: string;
  /** The name that the device was given; empty for a device without one. */
  readonly name: string;
  /** The masked number, such as `XXX-XXX-1234`; empty for a device without one. */
  readonly number: string;
  /** What it can do: `auto`, `push`, `sms`, `phone`, `mobile_otp`. Empty for hardware tokens. */
  readonly capabilities: readonly string[];
  /** First digit of the next passcode in the last text message, while codes are left. */
  readonly smsNextCode: string | undefined;
}

/** A push that the user must confirm by typing a code. */
export interface VerifiedPush {
  /** Pass it to `auth` with the factor `push`. */
  readonly txid: string;
  /** The digits to show to the user. */
  readonly verificationCode: string;
  /** When the code expires, where Duo says so. */
  readonly expiration: Date | undefined;
}

/** What every response of `/preauth` has. */
export interface PreauthBase {
  /** Duo's words for a person, sanitized. */
  readonly statusMessage: string;
  readonly raw: RawResponse;
}

/** May this user authenticate, and how? */
export type PreauthResponse =
  | (PreauthBase & {
      readonly result: 'auth';
      readonly devices: readonly Device[];
      readonly verifiedPush: VerifiedPush | undefined;
    })
  | (PreauthBase & { readonly result: 'allow' })
  | (PreauthBase & { readonly result: 'deny' })
  | (PreauthBase & { readonly result: 'enroll'; readonly enrollPortalUrl: string | undefined });

const device = z.looseObject({
  device: z.string(),
  type: optionalText,
  display_name: optionalText,
  name: optionalText,
  number: optionalText,
  capabilities: z.optional(z.nullable(z.array(z.string()))),
  sms_nextcode: optionalText,
});

const schema = z.looseObject({
  result: z.literal(['auth', 'allow', 'deny', 'enroll']),
  status_msg: optionalText,
  devices: z.optional(z.nullable(z.array(device))),
  enroll_portal_url: optionalValue,
  txid: optionalValue,
  verification_code: optionalText,
  expiration: z.optional(z.nullable(unixTime)),
});

type Wire = z.infer<typeof schema>;

const toDevice = (wire: z.infer<typeof device>): Device => ({
  device: sanitizeText(wire.device),
  type: wire.type ?? '',
  displayName: wire.display_name ?? '',
  name: wire.name ?? '',
  number: wire.number ?? '',
  capabilities: (wire.capabilities ?? []).map(sanitizeText),
  smsNextCode: wire.sms_nextcode,
});

const toVerifiedPush = (wire: Wire): VerifiedPush | undefined => {
  const { txid, verification_code: verificationCode, expiration } = wire;
  return txid === undefined || verificationCode === undefined
    ? undefined
    : { txid, verificationCode, expiration: expiration ?? undefined };
};

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parsePreauthResponse = (apiResponse: ApiResponse): PreauthResponse => {
  const { response, raw } = readResponse('preauth', apiResponse, schema);
  const base = { statusMessage: response.status_msg ?? '', raw };
  const { result } = response;
  switch (result) {
    case 'auth':
      return {
        ...base,
        result,
        devices: (response.devices ?? []).map(toDevice),
        verifiedPush: toVerifiedPush(response),
      };
    case 'allow':
    case 'deny':
      return { ...base, result };
    case 'enroll':
      return { ...base, result, enrollPortalUrl: response.enroll_portal_url };
  }
};
