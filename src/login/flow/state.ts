import type { Device, VerifiedPush } from '../../duo/endpoints/preauth.ts';

/** A way to authenticate in the background, which the user answers on a phone. */
export type StartedFactor = 'push' | 'sms' | 'phone';

/** What is done when Duo cannot be reached: keep the user out, or let the user in. */
export type Failmode = 'secure' | 'safe';

/** The rules of one login; they do not change while it goes on. */
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

/** Who signs in, under which rules, and how much has been used up. */
export interface Login {
  /** The canonical name, as the first factor knows it. */
  readonly username: string;
  readonly groups: readonly string[];
  readonly rules: Rules;
  /** The device that was chosen on the page, or else the one that this browser used last. */
  readonly preferredDevice?: string | undefined;
  /** Pushes, calls, messages and codes that may still be tried. */
  readonly attemptsLeft: number;
  /** Number of the last call to Duo; a response with another number is dropped. */
  readonly calls: number;
}

/** What Duo lets the user choose from. */
export interface Offer {
  readonly devices: readonly Device[];
  /** Good for one push, and for a minute. */
  readonly verifiedPush?: VerifiedPush | undefined;
  /** The verified push that preauth announced is used up: ask Duo again before the next push. */
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

/** Why a push, call or message is not sent: the user's attention is rationed. */
export type Withheld = 'already-pending' | 'too-many' | 'after-fraud';

/** A message above the choices. */
export type Notice =
  | 'denied'
  | 'timed-out'
  | 'wrong-passcode'
  | 'sms-sent'
  | 'cannot-start'
  | 'duo-unavailable'
  | 'wrong-password'
  | 'cancelled'
  | Withheld;

/** What let the user in. */
export type GrantedBy =
  | 'push'
  | 'sms'
  | 'phone'
  | 'passcode'
  | 'bypass'
  | 'failmode'
  | 'safe-account'
  | 'duo-off';

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

interface Passed extends During {
  readonly by: GrantedBy;
  /** Duo's token for this browser, sealed; for remembered devices. */
  readonly sealedToken?: string | undefined;
}

/** The state of a login. Plain data: it is stored as JSON between requests. */
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
  /** Codes are being checked; `checks` are the calls without an answer yet. */
  | (Choosing & { readonly kind: 'verifying'; readonly checks: readonly number[] })
  /** Both at once: the first to allow wins. */
  | (Choosing & {
      readonly kind: 'racing';
      readonly pending: Pending;
      readonly checks: readonly number[];
    })
  | (Passed & { readonly kind: 'further-password'; readonly notice?: Notice | undefined })
  | (Passed & { readonly kind: 'checking-password'; readonly call: number })
  | (During & { readonly kind: 'enrolling'; readonly url: string | undefined })
  | (Passed & { readonly kind: 'granted' })
  | (During & { readonly kind: 'refused'; readonly reason: RefusedReason });

/** One kind of state. */
export type StateOf<K extends FlowState['kind']> = Extract<FlowState, { kind: K }>;

/** The transaction that a state waits for. */
export const pendingTxid = (state: FlowState | undefined): string | undefined =>
  state !== undefined && 'pending' in state ? state.pending.txid : undefined;
