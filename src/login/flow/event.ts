import type { Device, VerifiedPush } from '../../duo/endpoints/preauth.ts';
import type { Login, StartedFactor } from './state.ts';

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
      /** True when Duo could not be reached or is broken; false when it answered with a refusal. */
      readonly outage: boolean;
      readonly reason: string;
    }
  | {
      readonly kind: 'factor-chosen';
      readonly factor: StartedFactor;
      readonly device?: string | undefined;
      readonly atMs: number;
    }
  | { readonly kind: 'started'; readonly call: number; readonly txid: string }
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
  /** Nobody works on this login any more: the gateway that did has gone. */
  | { readonly kind: 'stalled' };

/** One kind of event. */
export type EventOf<K extends FlowEvent['kind']> = Extract<FlowEvent, { kind: K }>;
