import type { Budgets } from '../accounts/budgets.ts';
import type { Challenge, Challenges } from '../challenges.ts';
import type { FlowEffect } from '../flow/effect.ts';
import type { FlowEvent } from '../flow/event.ts';
import type { FlowState, Login } from '../flow/state.ts';
import { classifyFailure, type DuoPort, type Who } from '../second-factor/duo-port.ts';
import { followTransaction } from '../second-factor/follow.ts';
import type { AuditEntry } from '../watch/audit-log.ts';
import type { Followers } from './followers.ts';

/** What effects are performed with. */
export interface PerformerParts {
  readonly duo: DuoPort;
  /** The further password; false for a wrong one. */
  readonly checkPassword: (username: string, password: string) => Promise<boolean>;
  readonly challenges: Challenges;
  readonly budgets: Budgets;
  readonly audit: (entry: AuditEntry) => void;
  readonly observeDuo?:
    | ((call: string, outcome: 'ok' | 'outage' | 'refused', seconds: number) => void)
    | undefined;
  readonly now: () => number;
  /** Longer than Duo gives a push or a call. */
  readonly followMs: number;
}

interface Loop {
  readonly dispatch: (id: string, event: FlowEvent) => Promise<unknown>;
  readonly followers: Followers;
}

/** Performs one effect of a login, and all that follows from it. */
export type Perform = (id: string, challenge: Challenge, effect: FlowEffect) => Promise<unknown>;

const loginOf = (state: FlowState): Login | undefined =>
  'login' in state ? state.login : undefined;

const startedAtMs = (state: FlowState): number | undefined =>
  'pending' in state ? state.pending.startedAtMs : undefined;

export const createPerformer = (parts: PerformerParts, loop: Loop): Perform => {
  const { duo, budgets, challenges, now } = parts;
  const { dispatch, followers } = loop;

  // Every call to Duo ends in an event, and a failure in one as well.
  const asking = async <T>(
    what: { readonly id: string; readonly call: number; readonly name: string },
    work: () => Promise<T>,
    toEvent: (result: T) => FlowEvent,
  ): Promise<void> => {
    const { id, call, name } = what;
    const sinceMs = now();
    const observe = (outcome: 'ok' | 'outage' | 'refused') =>
      parts.observeDuo?.(name, outcome, (now() - sinceMs) / 1000);
    let event: FlowEvent;
    try {
      event = toEvent(await work());
      observe('ok');
    } catch (error) {
      const { outage, reason } = classifyFailure(error);
      observe(outage ? 'outage' : 'refused');
      event = { kind: 'duo-failed', call, outage, reason };
    }
    await dispatch(id, event);
  };

  const start = (id: string, who: Who, effect: Extract<FlowEffect, { kind: 'start' }>) =>
    asking(
      { id, call: effect.call, name: effect.factor },
      async () => {
        const { factor, device, verifiedTxid } = effect;
        const txid = await duo.start(who, { factor, device }, verifiedTxid);
        if (!(await challenges.claim(txid, id))) {
          throw new Error('The transaction belongs to another login.');
        }
        return txid;
      },
      (txid) => ({ kind: 'started', call: effect.call, txid }),
    );

  const follow = async (id: string, { state }: Challenge, txid: string, signal: AbortSignal) => {
    const deadlineMs = (startedAtMs(state) ?? now()) + parts.followMs;
    const onStatus = (status: string) => dispatch(id, { kind: 'progressed', txid, status });
    try {
      const answer = await followTransaction(duo, txid, { deadlineMs, signal, onStatus, now });
      if (!signal.aborted) {
        await dispatch(id, { kind: 'answered', txid, answer });
      }
    } catch (error) {
      // Stopped on purpose: whoever is asked next follows on.
      if (!signal.aborted && 'pending' in state) {
        const { outage, reason } = classifyFailure(error);
        await dispatch(id, { kind: 'duo-failed', call: state.pending.call, outage, reason });
      }
    }
  };

  return async (id, challenge, effect) => {
    const { state, address } = challenge;
    const username = loginOf(state)?.username ?? '';
    const who: Who = { username, address };
    switch (effect.kind) {
      case 'preauth':
        return asking(
          { id, call: effect.call, name: 'preauth' },
          () => duo.preauth(who),
          (answer) => ({ kind: 'preauth-answered', call: effect.call, answer, atMs: now() }),
        );
      case 'start':
        return start(id, who, effect);
      case 'follow':
        return followers.start(id, effect.txid, (signal) =>
          follow(id, challenge, effect.txid, signal),
        );
      case 'verify-passcode':
        return asking(
          { id, call: effect.call, name: 'passcode' },
          () => duo.passcode(who, effect.passcode),
          (answer) => ({ kind: 'passcode-answered', call: effect.call, answer }),
        );
      case 'check-password':
        return dispatch(id, {
          kind: 'password-checked',
          call: effect.call,
          // A verifier that is out of order lets nobody in.
          passed: await parts.checkPassword(username, effect.password).catch(() => false),
        });
      case 'count-failure':
        return budgets.charge(who);
      case 'remember-deny':
        return budgets.rememberDeny(username);
      case 'audit': {
        const { result, factor, device, reason } = effect;
        return parts.audit({
          event: 'second-factor',
          result,
          user: username,
          address,
          factor,
          device,
          reason,
        });
      }
      default:
        return effect satisfies never;
    }
  };
};
