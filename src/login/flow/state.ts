import type { Device, VerifiedPush } from '../../duo/endpoints/preauth.ts';

/** A way to authenticate in the background, which the user answers on a phone. */
export type StartedFactor = 'push' | 'sms' | 'phone';

/** What is done when Duo cannot be reached: keep the user out, or let the user in. */
export type Failmode = 'secure' | 'safe';

/** The rules that hold for one login; they do not change while it goes on. */
export interface Rules {
  /** `none` when Duo's second factor is off, or for a safe account. */
  readonly secondFactor: 'duo' | 'none';
  /** Why there is no second factor, for the audit log. */
  readonly withoutDuo: 'safe-account' | 'duo-off';
  /** Ask for a further password after Duo. */
  readonly requirePassword: boolean;
  readonly failmode: Failmode;
  /** Send a push at once when a device can take one. */
  readonly autopush: boolean;
}

/** Who logs in, under which rules, and how much has been used up. */
export interface Login {
  readonly username: string;
  readonly groups: readonly string[];
  readonly rules: Rules;
  /** The device that this browser used last. */
  readonly preferredDevice?: string | undefined;
  /** Pushes, calls, messages and codes that may still be tried. */
  readonly attemptsLeft: number;
  /** Number of the last call to Duo; a reply with a number that is not awaited is dropped. */
  readonly calls: number;
}

/** What Duo says the user may use. */
export interface Offer {
  readonly devices: readonly Device[];
  /** Good for one push, and for a minute. */
  readonly verifiedPush?: VerifiedPush | undefined;
  /** The last preauth announced a verified push that is used up: ask Duo again before the next push. */
  readonly stale?: boolean | undefined;
}

/** A factor and the device to use it with. */
export interface Choice {
  readonly factor: StartedFactor;
  readonly device: string;
}

/** A push, call or text message under way. Its transaction belongs to this login alone. */
export interface Pending extends Choice {
  readonly call: number;
  /** Missing until Duo has answered the start. Never leaves the server. */
  readonly txid?: string | undefined;
  /** Duo's status, such as `pushed`, `calling` or `answered`. */
  readonly status?: string | undefined;
  /** The digits to type on the phone, with a verified push. */
  readonly verificationCode?: string | undefined;
  readonly startedAtMs: number;
}

/** Something to tell the user above the choices. */
export type Notice =
  | 'denied'
  | 'timed-out'
  | 'wrong-passcode'
  | 'sms-sent'
  | 'cannot-start'
  | 'duo-unavailable'
  | 'wrong-password'
  | 'cancelled';

/** What let the user in. */
export type GrantedBy = StartedFactor | 'passcode' | 'bypass' | 'failmode' | Rules['withoutDuo'];

/** Why the user is kept out. For the audit log; the user reads one neutral sentence. */
export type RefusedReason =
  | 'duo-deny'
  | 'fraud'
  | 'locked-out'
  | 'budget'
  | 'duo-unavailable'
  | 'further-password';

interface During {
  readonly login: Login;
}

interface Choosing extends During {
  readonly offer: Offer;
  readonly notice?: Notice | undefined;
}

/** Where a login stands. Plain data: it is stored as JSON between requests. */
export type FlowState =
  | { readonly kind: 'first-factor' }
  | (During & {
      readonly kind: 'prechecking';
      readonly call: number;
      /** To be started as soon as Duo has answered. */
      readonly choice?: Choice | undefined;
    })
  | (Choosing & { readonly kind: 'choosing' })
  | (Choosing & { readonly kind: 'waiting'; readonly pending: Pending })
  /** Codes are being checked; `checks` are the calls still out. */
  | (Choosing & { readonly kind: 'verifying'; readonly checks: readonly number[] })
  /** Both at once: whichever allows first wins. */
  | (Choosing & {
      readonly kind: 'racing';
      readonly pending: Pending;
      readonly checks: readonly number[];
    })
  | (During & {
      readonly kind: 'further-password';
      readonly by: GrantedBy;
      readonly notice?: Notice | undefined;
    })
  | (During & {
      readonly kind: 'checking-password';
      readonly by: GrantedBy;
      readonly call: number;
    })
  | (During & { readonly kind: 'enrolling'; readonly url: string | undefined })
  | (During & { readonly kind: 'granted'; readonly by: GrantedBy })
  | (During & { readonly kind: 'refused'; readonly reason: RefusedReason });

/** One kind of state. */
export type StateOf<K extends FlowState['kind']> = Extract<FlowState, { kind: K }>;
