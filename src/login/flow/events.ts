import type { Device, VerifiedPush } from '../../duo/endpoints/preauth.ts';
import type { Choice, GrantedBy, Login, StartedFactor, Withheld } from './state.ts';

/** Duo's answer to preauth, as far as a login needs it. */
export type PreauthAnswer =
  | {
      readonly result: 'auth';
      readonly devices: readonly Device[];
      readonly verifiedPush?: VerifiedPush | undefined;
    }
  | { readonly result: 'allow' }
  | { readonly result: 'deny' }
  | { readonly result: 'enroll'; readonly url: string | undefined };

/** The end of a push, a call, a text message or a passcode. */
export interface AuthAnswer {
  readonly result: 'allow' | 'deny';
  /** Duo's status: `allow`, `deny`, `timeout`, `fraud`, `locked_out`, `sent`, … */
  readonly status: string;
  /** Duo's token for this browser, sealed; beside an allow. */
  readonly sealedToken?: string | undefined;
}

/** Something that happened to a login. */
export type FlowEvent =
  | { readonly kind: 'first-factor-passed'; readonly login: Login }
  | {
      readonly kind: 'preauth-answered';
      readonly call: number;
      readonly answer: PreauthAnswer;
      readonly atMs: number;
    }
  | {
      readonly kind: 'duo-failed';
      readonly call: number;
      /** Duo is away, and the failmode may decide. */
      readonly outage: boolean;
      readonly reason: string;
    }
  /** The user chose a device on the page. */
  | { readonly kind: 'device-chosen'; readonly device: string }
  | {
      readonly kind: 'factor-chosen';
      readonly factor: StartedFactor;
      readonly device?: string | undefined;
      readonly atMs: number;
    }
  | { readonly kind: 'started'; readonly call: number; readonly txid: string }
  /** Nothing was sent: the user's attention is rationed. */
  | { readonly kind: 'withheld'; readonly call: number; readonly why: Withheld }
  | { readonly kind: 'progressed'; readonly txid: string; readonly status: string }
  | { readonly kind: 'answered'; readonly txid: string; readonly answer: AuthAnswer }
  | { readonly kind: 'passcode-given'; readonly passcode: string }
  | { readonly kind: 'passcode-answered'; readonly call: number; readonly answer: AuthAnswer }
  | { readonly kind: 'password-given'; readonly password: string }
  | { readonly kind: 'password-checked'; readonly call: number; readonly passed: boolean }
  /** The user drops the push or call that is pending. */
  | { readonly kind: 'cancelled' }
  /** The budget of the user or of the address has run out. */
  | { readonly kind: 'budget-spent' }
  /** The gateway that worked on this login has stopped. */
  | { readonly kind: 'stalled' };

/** One kind of event. */
export type EventOf<K extends FlowEvent['kind']> = Extract<FlowEvent, { kind: K }>;

/** The result of a step of a login, for the audit log. */
export type AuditResult = 'granted' | 'refused' | 'failed' | 'sent' | 'failmode' | 'enroll';

/** Something to do. The event that answers it carries the same `call`. */
export type FlowEffect =
  | { readonly kind: 'preauth'; readonly call: number }
  | (Choice & {
      readonly kind: 'start';
      readonly call: number;
      readonly verifiedTxid?: string | undefined;
    })
  | { readonly kind: 'follow'; readonly txid: string }
  | { readonly kind: 'verify-passcode'; readonly call: number; readonly passcode: string }
  | { readonly kind: 'check-password'; readonly call: number; readonly password: string }
  /** Charge a failure to the user and the address. */
  | { readonly kind: 'count-failure' }
  /** Duo or the user said no: from now on an outage does not let this user in. */
  | { readonly kind: 'remember-deny' }
  | {
      readonly kind: 'audit';
      readonly result: AuditResult;
      readonly factor?: GrantedBy | undefined;
      readonly device?: string | undefined;
      readonly reason?: string | undefined;
    };
