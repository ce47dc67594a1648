import type { Choice, GrantedBy, RefusedReason, StartedFactor } from './state.ts';

/** What a step of a login ended in, for the audit log. */
export type AuditResult =
  | 'granted'
  | 'refused'
  | 'failed'
  | 'sent'
  | 'fraud'
  | 'failmode'
  | 'enroll';

/** Something for the outside to do. A number says which call an answer must name. */
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
  /** Duo or the user said no: from now on an outage lets this user in no more. */
  | { readonly kind: 'remember-deny' }
  | {
      readonly kind: 'audit';
      readonly result: AuditResult;
      readonly factor?: GrantedBy | StartedFactor | undefined;
      readonly device?: string | undefined;
      readonly reason?: RefusedReason | string | undefined;
    };
