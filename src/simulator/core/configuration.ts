import type { InjectedFault } from './fault.ts';

/** A signature version with its hash. */
export type SignatureScheme =
  | 'v1/sha1'
  | 'v1/sha512'
  | 'v2/sha1'
  | 'v2/sha512'
  | 'v4/sha512'
  | 'v5/sha512';

/** All of them; `settings.acceptedSignatures` selects. */
export const signatureSchemes = [
  'v1/sha1',
  'v1/sha512',
  'v2/sha1',
  'v2/sha512',
  'v4/sha512',
  'v5/sha512',
] as const satisfies readonly SignatureScheme[];

/** What Duo does not document about its service, and the limits of the simulator. */
export interface Settings {
  /** How far the date of a request may differ from the clock, either way. Default 300. */
  readonly clockSkewSeconds: number;
  // A list of settings, most of them numbers.
  /* jscpd:ignore-start */
  /** How long `auth_status` waits for a change. Default 30. */
  readonly longPollSeconds: number;
  /** The response after that: the waiting state again (default), or error 40002. */
  readonly longPollExpiry: 'repeat' | 'error';
  /** Whether the first `auth_status` of a transaction responds at once. Default true. */
  readonly firstPollReturnsAtOnce: boolean;
  /** Lifetime of an unanswered push. Default 60. */
  readonly pushExpiresInSeconds: number;
  /** Lifetime of an unanswered call. Default 60. */
  readonly callExpiresInSeconds: number;
  /** Time from picking up a call to pressing the key, for users who answer by habit. Default 1. */
  readonly keyPressAfterSeconds: number;
  /** How long a finished transaction can be read. Default 300. */
  readonly finalStateReadableSeconds: number;
  /** Lifetime of a verified-push code. Default 60. */
  readonly verifiedPushExpiresInSeconds: number;
  /** Wrong codes until a verified push is denied. Default 3. */
  readonly verifiedPushAttempts: number;
  /** Lifetime of the enrollment link that `preauth` returns. Default 300. */
  readonly portalExpiresInSeconds: number;
  /** Lifetime of an activation code when `valid_secs` is absent. Default 86400. */
  readonly activationExpiresInSeconds: number;
  /** Consecutive failures until a user is locked out; 0 never locks. Default 10. */
  readonly lockoutAfterFailures: number;
  /** Length of a lockout; 0 until it is lifted (default). */
  readonly lockoutSeconds: number;
  /** Passcodes in one SMS batch, at most 10. Default 10. */
  readonly smsBatchSize: number;
  /** Lifetime of an SMS batch; 0 until the next batch (default). */
  readonly smsExpiresInSeconds: number;
  /** How many unused passcodes of a token or of Duo Mobile may be skipped. Default 20. */
  readonly passcodeLookAhead: number;
  /** Requests per integration and minute; 0 for no limit (default). */
  readonly requestsPerMinute: number;
  /** Authentications per user and minute; 0 for no limit (default). */
  readonly authsPerUserPerMinute: number;
  /* jscpd:ignore-end */
  /** The header that accompanies a 429. Default `Retry-After`. */
  readonly retryAfterHeader: 'Retry-After' | 'X-Retry-After';
  /** Accepted signatures. Default: all; version 1 only below `/rest/v1`. */
  readonly acceptedSignatures: readonly SignatureScheme[];
  /** Whether version 5 may leave `X-Duo-Date` out of the signed headers. Default true. */
  readonly allowUnsignedDuoDate: boolean;
  /** Further host names that a client may sign. Default none. */
  readonly hostAliases: readonly string[];
  /** Further names and addresses in the certificate. Read at the start only. Default none. */
  readonly certificateNames: readonly string[];
  /** Response of `auth` for a user that must enroll first: error 40002 (default), or a deny. */
  readonly unknownUserOnAuth: 'error' | 'deny';
  /** Whether an invalid `ipaddr` is error 40002, or ignored (default). */
  readonly strictIpAddress: boolean;
  /** Seed for the probabilities of faults: the same seed gives the same draws. Default 1. */
  readonly faultSeed: number;
  /** Longest request body; a longer one gets 413. Read at the start only. Default 262144. */
  readonly maxBodyBytes: number;
  /** Most transactions kept; beyond that `auth` gets 429. Default 20000. */
  readonly maxTransactions: number;
  /** Most entries of the request log. Default 1000. */
  readonly maxLogEntries: number;
}

/** The four ways to authenticate; `auto` is push or phone. */
export type Factor = 'push' | 'phone' | 'sms' | 'passcode';

/** An application that Duo protects: its keys and its policy. */
export interface IntegrationConfig {
  /** Shown on the phone. */
  readonly name: string;
  /** `DI` and 18 capital letters or digits. */
  readonly ikey: string;
  /** 40 letters or digits. Never use a real key. */
  readonly skey: string;
  /** `other` means every kind of application except Auth API: error 40301. */
  readonly type: 'auth' | 'other';
  readonly enabled: boolean;
  /** What happens to a user who is unknown or has no device. */
  readonly newUsers: 'enroll' | 'allow' | 'deny';
  /** `simple` reads `CORP\alice` and `alice@corp` as `alice`, as Duo's setting of that name does. */
  readonly usernameNormalization: 'none' | 'simple';
  readonly factors: readonly Factor[];
  /** Networks (CIDR) that need no second factor. */
  readonly trustedNetworks: readonly string[];
  /** Networks (CIDR) that are denied. */
  readonly blockedNetworks: readonly string[];
  /** Groups whose members need no second factor. */
  readonly bypassGroups: readonly string[];
  /** Groups whose members are denied. */
  readonly blockedGroups: readonly string[];
  /** Members of `groups` (everybody if it is empty) type a code of 3 to 6 digits. */
  readonly verifiedPush?: { readonly digits: number; readonly groups: readonly string[] };
  /** Lifetime of a trusted-device token; 0 issues none. */
  readonly rememberDevicesHours: number;
  /** Whether `logo` returns an image. */
  readonly logo: boolean;
}

/** What a user does with a push or a call. `ignore` and `manual` leave it to the phone page. */
export type AnswerHabit = 'approve' | 'deny' | 'fraud' | 'ignore' | 'manual';

/** The status of a user in Duo. */
export type UserStatus = 'active' | 'bypass' | 'disabled' | 'locked_out';

/** A user of the directory. */
export interface UserConfig {
  readonly username: string;
  /** `DU` and 18 capital letters or digits; derived from the username when absent. */
  readonly id?: string;
  readonly aliases: readonly string[];
  readonly groups: readonly string[];
  readonly status: UserStatus;
  readonly answer: AnswerHabit;
  readonly answerAfterSeconds: number;
  /** Nine digits each, valid once. */
  readonly bypassCodes: readonly string[];
  readonly devices: readonly DeviceConfig[];
}

/** The kind of a device, which implies its capabilities. */
export type DeviceKind = 'smartphone' | 'tablet' | 'mobile' | 'landline' | 'token';

/** A capability in Duo's words. */
export type Capability = 'auto' | 'push' | 'sms' | 'phone' | 'mobile_otp';

/** A phone or a hardware token. */
export interface DeviceConfig {
  readonly kind: DeviceKind;
  /** `DP` or `DH` and 18 capital letters or digits; derived from the username when absent. */
  readonly id?: string;
  /** The serial number of a token. */
  readonly name: string;
  readonly platform: string;
  readonly number: string;
  /** Replaces what the kind implies. */
  readonly capabilities?: readonly Capability[];
  /** False for a phone that is off: a push to it fails to be delivered. */
  readonly reachable: boolean;
  /** Base32 secret of the passcodes; derived from the id when absent. */
  readonly secret?: string;
}

/** A configuration with its defaults filled in. */
export interface ResolvedConfig {
  readonly settings: Settings;
  readonly integrations: readonly IntegrationConfig[];
  readonly users: readonly UserConfig[];
  readonly faults: readonly InjectedFault[];
}

type With<T, K extends keyof T> = Partial<T> & Pick<T, K>;

/** A device as it is written; only its kind is required. */
export type DeviceInput = With<DeviceConfig, 'kind'>;

/** A user as it is written; only the username is required. */
export type UserInput = With<Omit<UserConfig, 'devices'>, 'username'> & {
  readonly devices?: readonly DeviceInput[];
};

/** An application as it is written; only its keys are required. */
export type IntegrationInput = With<IntegrationConfig, 'ikey' | 'skey'>;

/**
 * A configuration as it is written: an absent section keeps its default. YAML files and the control
 * API spell the same names in snake_case.
 */
export interface SimulatorConfig {
  readonly settings?: Partial<Settings>;
  readonly integrations?: readonly IntegrationInput[];
  readonly users?: readonly UserInput[];
  readonly faults?: readonly InjectedFault[];
}
