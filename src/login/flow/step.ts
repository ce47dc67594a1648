import type { AuditResult, FlowEffect } from './effect.ts';
import type { EventOf, FlowEvent } from './event.ts';
import type { FlowState, GrantedBy, Login, RefusedReason } from './state.ts';

/** Where a login stands now, and what the outside is to do. */
export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

/** What a state does with events; an event that it does not name changes nothing. */
export type Handlers<S extends FlowState> = {
  readonly [K in FlowEvent['kind']]?: (state: S, event: EventOf<K>) => Step;
};

/** Go to a state. */
export const goTo = (state: FlowState, ...effects: FlowEffect[]): Step => ({ state, effects });

/** An entry of the audit log. */
export const audit = (
  result: AuditResult,
  about: {
    factor?: GrantedBy | undefined;
    device?: string | undefined;
    reason?: string | undefined;
  } = {},
): FlowEffect => ({ kind: 'audit', result, ...about });

/** Keep the user out, for good as far as this login goes. */
export const refuse = (login: Login, reason: RefusedReason, ...effects: FlowEffect[]): Step =>
  goTo({ kind: 'refused', login, reason }, ...effects, audit('refused', { reason }));

/** The second factor is done: let the user in, or ask for the further password first. */
export const pass = (login: Login, by: GrantedBy, ...effects: FlowEffect[]): Step => {
  // A safe account is there for the day when something else is broken; the verifier may be it.
  if (login.rules.requirePassword && by !== 'safe-account') {
    return goTo({ kind: 'further-password', login, by }, ...effects);
  }
  return goTo({ kind: 'granted', login, by }, ...effects, audit('granted', { factor: by }));
};

/** Number the next call to Duo or to the verifier. */
export const numbered = (login: Login): Login => ({ ...login, calls: login.calls + 1 });

/** Use up one attempt and number its call. */
export const attempt = (login: Login): Login => ({
  ...numbered(login),
  attemptsLeft: login.attemptsLeft - 1,
});
