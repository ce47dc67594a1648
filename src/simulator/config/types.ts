import type { Fault } from '../faults/fault.ts';
import type { SignatureScheme } from '../protocol/signature.ts';

/** Everything about the real service that is not published, and the simulator's own limits. */
export interface Settings {
  /** How far a request's date may be from the clock, either way. Default 300. */
  readonly clockSkewSeconds: number;
  /** How long `auth_status` waits for a change. Default 30. */
  readonly longPollSeconds: number;
  /** What it answers then: the waiting state again (default), or error 40002. */
  readonly longPollExpiry: 'repeat' | 'error';
  /** Whether the first `auth_status` of a transaction answers at once. Default true. */
  readonly firstPollReturnsAtOnce: boolean;
  /** Life of an unanswered push. Default 60. */
  readonly pushExpiresInSeconds: number;
  /** Life of an unanswered call. Default 60. */
  readonly callExpiresInSeconds: number;
  /** From answering a call to pressing a key, for users who answer by themselves. Default 1. */
  readonly keyPressAfterSeconds: number;
  /** How long a finished transaction can be read. Default 300. */
  readonly finalStateReadableSeconds: number;
  /** Life of a verified-push code. Default 60. */
  readonly verifiedPushExpiresInSeconds: number;
  /** Wrong codes until a verified push is denied. Default 3. */
  readonly verifiedPushAttempts: number;
  /** Life of the link that `preauth` gives to a user who must enroll. Default 300. */
  readonly portalExpiresInSeconds: number;
  /** Life of an activation code when `valid_secs` is absent. Default 86400. */
  readonly activationExpiresInSeconds: number;
  /** Failures in a row until a user is locked out; 0 for never. Default 10. */
  readonly lockoutAfterFailures: number;
  /** How long a lockout lasts; 0 until somebody lifts it (default). */
  readonly lockoutSeconds: number;
  /** Passcodes in one SMS batch, at most 10. Default 10. */
  readonly smsBatchSize: number;
  /** Life of an SMS batch; 0 until the next batch (default). */
  readonly smsExpiresInSeconds: number;
  /** How many unused passcodes of a token or of Duo Mobile may be skipped. Default 20. */
  readonly passcodeLookAhead: number;
  /** Requests an integration may make in a minute; 0 for no limit (default). */
  readonly requestsPerMinute: number;
  /** Authentications a user may start in a minute; 0 for no limit (default). */
  readonly authsPerUserPerMinute: number;
  /** The header that says when to come back after a 429. Default `Retry-After`. */
  readonly retryAfterHeader: 'Retry-After' | 'X-Retry-After';
  /** Signatures that are accepted. Default: all; version 1 only ever below `/rest/v1`. */
  readonly acceptedSignatures: readonly SignatureScheme[];
  /** Whether version 5 may leave `X-Duo-Date` out of what it signs. Default true. */
  readonly allowUnsignedDuoDate: boolean;
  /** Further host names that a client may sign. Default none. */
  readonly hostAliases: readonly string[];
  /** What `auth` says to a user it does not know and does not let in: a deny (default) or 40002. */
  readonly unknownUserOnAuth: 'deny' | 'error';
  /** Whether an `ipaddr` that is no address is error 40002, or ignored (default). */
  readonly strictIpAddress: boolean;
  /** What the probabilities of faults are drawn from: the same seed, the same draws. Default 1. */
  readonly faultSeed: number;
  /** Longest request body; a longer one is answered with 413. Read at the start only. Default 262144. */
  readonly maxBodyBytes: number;
  /** Most transactions kept; beyond that `auth` is answered with 429. Default 20000. */
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
  /** 40 letters or digits. Never put a real key here. */
  readonly skey: string;
  /** `other` stands for every kind of application but Auth API: error 40301. */
  readonly type: 'auth' | 'other';
  readonly enabled: boolean;
  /** What happens to a user who is unknown or has no device. */
  readonly newUsers: 'enroll' | 'allow' | 'deny';
  readonly factors: readonly Factor[];
  /** Networks (CIDR) from which no second factor is asked. */
  readonly trustedNetworks: readonly string[];
  /** Networks (CIDR) from which nobody gets in. */
  readonly blockedNetworks: readonly string[];
  /** Members of these groups need no second factor. */
  readonly bypassGroups: readonly string[];
  /** Members of these groups do not get in. */
  readonly blockedGroups: readonly string[];
  /** Asks members of `groups` (everybody if it is empty) to type a code of 3 to 6 digits. */
  readonly verifiedPush?: { readonly digits: number; readonly groups: readonly string[] };
  /** Life of a trusted-device token; 0 issues none. */
  readonly rememberDevicesHours: number;
  /** Whether `logo` has an image to give. */
  readonly logo: boolean;
}

/** What a user does with a push or a call. `ignore` and `manual` leave it to the phone page. */
export type AnswerHabit = 'approve' | 'deny' | 'fraud' | 'ignore' | 'manual';

/** What Duo knows a user as. */
export type UserStatus = 'active' | 'bypass' | 'disabled' | 'locked_out';

/** A person. */
export interface UserConfig {
  readonly username: string;
  /** `DU` and 18 capital letters or digits; made from the username when absent. */
  readonly id?: string;
  readonly aliases: readonly string[];
  readonly groups: readonly string[];
  readonly status: UserStatus;
  readonly answer: AnswerHabit;
  readonly answerAfterSeconds: number;
  /** Nine digits each, good for one use. */
  readonly bypassCodes: readonly string[];
  readonly devices: readonly DeviceConfig[];
}

/** What kind of thing a device is; it decides what the device can do. */
export type DeviceKind = 'smartphone' | 'tablet' | 'mobile' | 'landline' | 'token';

/** What a device can do, in Duo's words. */
export type Capability = 'auto' | 'push' | 'sms' | 'phone' | 'mobile_otp';

/** A phone or a hardware token. */
export interface DeviceConfig {
  readonly kind: DeviceKind;
  /** `DP` or `DH` and 18 capital letters or digits; made from the username when absent. */
  readonly id?: string;
  /** A token's serial number belongs here. */
  readonly name: string;
  readonly platform: string;
  readonly number: string;
  /** Replaces what the kind implies. */
  readonly capabilities?: readonly Capability[];
  /** A phone that is off: a push to it fails to be delivered. */
  readonly reachable: boolean;
  /** Base32 secret of the passcodes; made from the id when absent. */
  readonly secret?: string;
}

/** The whole directory file, defaults filled in. */
export interface ResolvedConfig {
  readonly settings: Settings;
  readonly integrations: readonly IntegrationConfig[];
  readonly users: readonly UserConfig[];
  readonly faults: readonly Fault[];
}
