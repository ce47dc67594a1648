import * as z from 'zod/mini';
import { InvalidResponseError } from '../errors/invalid-response-error.ts';
import { type ApiRequest, type ApiResponse, apiRequest, type OptionalParams } from '../request.ts';
import { sanitizeText } from '../text.ts';
import { type RawResponse, readResponse } from './response.ts';

/** Who is meant: by name (aliases too) or by Duo's `DU…` id, never by both. */
export type UserSelector =
  | { readonly username: string; readonly userId?: undefined }
  | { readonly userId: string; readonly username?: undefined };

/** The user's parameters on the wire. */
export const userParams = (user: UserSelector): OptionalParams => ({
  username: user.username,
  user_id: user.userId,
});

/** A phone or a hardware token of a user. Texts are sanitized. */
export interface Device {
  /** Duo's id; what `auth` takes as `device`. */
  readonly device: string;
  readonly type: string;
  readonly displayName: string;
  readonly name: string;
  /** The masked number, such as `XXX-XXX-1234`; empty for a device without one. */
  readonly number: string;
  /** What it can do: `auto`, `push`, `sms`, `phone`, `mobile_otp`. Empty for hardware tokens. */
  readonly capabilities: readonly string[];
  /** First digit of the next passcode in the last text message, while codes are left. */
  readonly smsNextCode: string | undefined;
}

/** A device on the wire. */
export const deviceSchema = z.looseObject({
  device: z.string(),
  type: z.optional(z.string()),
  display_name: z.optional(z.string()),
  name: z.optional(z.string()),
  number: z.optional(z.string()),
  capabilities: z.optional(z.array(z.string())),
  sms_nextcode: z.optional(z.string()),
});

export const toDevice = (wire: z.infer<typeof deviceSchema>): Device => ({
  device: sanitizeText(wire.device),
  type: sanitizeText(wire.type ?? ''),
  displayName: sanitizeText(wire.display_name ?? ''),
  name: sanitizeText(wire.name ?? ''),
  number: sanitizeText(wire.number ?? ''),
  capabilities: (wire.capabilities ?? []).map(sanitizeText),
  smsNextCode: wire.sms_nextcode === undefined ? undefined : sanitizeText(wire.sms_nextcode),
});

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

/** A push that the user must confirm by typing a code. */
export interface VerifiedPush {
  /** Pass it to `auth` with the factor `push`. */
  readonly txid: string;
  /** The digits to show to the user. */
  readonly verificationCode: string;
  readonly expiration: Date | undefined;
}

interface PreauthBase {
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

const schema = z.looseObject({
  result: z.enum(['auth', 'allow', 'deny', 'enroll']),
  status_msg: z.string(),
  devices: z.optional(z.array(deviceSchema)),
  enroll_portal_url: z.optional(z.string()),
  txid: z.optional(z.string()),
  verification_code: z.optional(z.string()),
  expiration: z.optional(z.int()),
});

/** Ask whether a user may authenticate, and with which devices. */
export const preauthRequest = (params: PreauthParams): ApiRequest =>
  apiRequest('preauth', 'POST', {
    ...userParams(params),
    ipaddr: params.ipaddr,
    hostname: params.hostname,
    trusted_device_token: params.trustedDeviceToken,
    client_supports_verified_push: params.clientSupportsVerifiedPush ? '1' : undefined,
  });

const readVerifiedPush = (response: z.infer<typeof schema>): VerifiedPush | undefined => {
  const { txid, verification_code: verificationCode, expiration } = response;
  if (txid === undefined || verificationCode === undefined) {
    return undefined;
  }
  return {
    txid,
    verificationCode: sanitizeText(verificationCode),
    expiration: expiration === undefined ? undefined : new Date(expiration * 1000),
  };
};

/** @throws {@link DuoApiError} or {@link InvalidResponseError}. */
export const parsePreauthResponse = (reply: ApiResponse): PreauthResponse => {
  const { response, raw } = readResponse('preauth', reply, schema);
  const base = { statusMessage: sanitizeText(response.status_msg), raw };
  switch (response.result) {
    case 'auth':
      if (response.devices === undefined) {
        throw new InvalidResponseError('preauth', reply.status, 'the devices are missing');
      }
      return {
        ...base,
        result: 'auth',
        devices: response.devices.map(toDevice),
        verifiedPush: readVerifiedPush(response),
      };
    case 'allow':
      return { ...base, result: 'allow' };
    case 'deny':
      return { ...base, result: 'deny' };
    case 'enroll':
      return { ...base, result: 'enroll', enrollPortalUrl: response.enroll_portal_url };
  }
};
