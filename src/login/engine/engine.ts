import type { Budgets } from '../accounts/budgets.ts';
import type { Challenge, Challenges } from '../challenges.ts';
import type { FlowEffect } from '../flow/effect.ts';
import type { FlowEvent } from '../flow/event.ts';
import { next } from '../flow/next.ts';
import type { FlowState, Login } from '../flow/state.ts';
import { newToken, seal, unseal } from '../store/token.ts';
import type { AuditEntry } from '../watch/audit-log.ts';
import { createFollowers, pendingTxid } from './followers.ts';
import { createListeners, type Listener } from './listeners.ts';
import { createPerformer, type PerformerParts } from './performer.ts';

/** What the engine works with. */
export interface EngineParts extends PerformerParts {
  readonly challenges: Challenges;
  readonly budgets: Budgets;
  readonly audit: (entry: AuditEntry) => void;
  readonly now: () => number;
  /** After this long without a change, nobody is working on a login any more. */
  readonly stalledMs: number;
}

/** A user who has passed the first factor. */
export interface Beginning {
  readonly login: Login;
  readonly address: string;
  readonly returnTo: string;
  /** `Set-Cookie` lines to hold back until the end. */
  readonly held?: readonly string[] | undefined;
}

/** A login that has reached its end. */
export interface Finished {
  readonly challenge: Challenge;
  readonly held: readonly string[];
}

/** Runs logins: takes events, keeps states, and does what the flow asks for. */
export interface Engine {
  /** @returns the id of the new challenge, for the browser alone. */
  begin(beginning: Beginning): Promise<string>;
  /** Act on an event and on all that follows at once. @returns how the login stands then. */
  dispatch(id: string, event: FlowEvent): Promise<Challenge | undefined>;
  /** How does the login stand? Takes over what a gateway that has gone left behind. */
  look(id: string | undefined): Promise<Challenge | undefined>;
  /** Use up a login that is granted. Of any number of callers, one gets it. */
  finish(id: string | undefined): Promise<Finished | undefined>;
  drop(id: string | undefined): Promise<void>;
  listen(id: string, listener: Listener): () => void;
  readonly listening: (id: string) => number;
  readonly waiting: () => number;
  /** Stop following. No login is decided by that. */
  stop(): void;
}

const inTheHands: readonly FlowState['kind'][] = [
  'prechecking',
  'verifying',
  'racing',
  'checking-password',
];

// Work that only the gateway which began it can end. A transaction is not: anybody may follow it.
const isWork = (state: FlowState): boolean =>
  inTheHands.includes(state.kind) || (state.kind === 'waiting' && pendingTxid(state) === undefined);

/** Create an engine. It does no I/O but through its parts. */
export const createEngine = (parts: EngineParts): Engine => {
  const { challenges, now, stalledMs } = parts;
  const followers = createFollowers();
  const listeners = createListeners();
  const busy = new Map<string, number>();

  const whileBusy = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    busy.set(id, (busy.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (busy.get(id) ?? 1) - 1;
      if (left === 0) {
        busy.delete(id);
      } else {
        busy.set(id, left);
      }
    }
  };

  const dispatch: Engine['dispatch'] = (id, event) =>
    whileBusy(id, async () => {
      let effects: readonly FlowEffect[] = [];
      const challenge = await challenges.change(id, ({ state }) => {
        const step = next(state, event);
        effects = step.effects;
        return step.state;
      });
      followers.keepOnly(id, challenge?.state);
      if (challenge === undefined) {
        return undefined;
      }
      listeners.tell(id);
      await Promise.all(effects.map((effect) => perform(id, challenge, effect)));
      return challenges.read(id);
    });

  const perform = createPerformer(parts, { dispatch, followers });

  return {
    begin: async ({ login, address, returnTo, held = [] }) => {
      const id = newToken();
      const sealed = held.length === 0 ? undefined : seal(id, JSON.stringify(held));
      const state: FlowState = { kind: 'first-factor' };
      await challenges.open({ state, address, returnTo, held: sealed }, id);
      await dispatch(id, { kind: 'first-factor-passed', login });
      return id;
    },
    dispatch,
    look: async (id) => {
      const challenge = await challenges.read(id);
      if (id === undefined || challenge === undefined) {
        return undefined;
      }
      const { state, changedAtMs } = challenge;
      const txid = pendingTxid(state);
      if (txid !== undefined) {
        await perform(id, challenge, { kind: 'follow', txid });
      }
      if (isWork(state) && !busy.has(id) && now() - changedAtMs >= stalledMs) {
        return dispatch(id, { kind: 'stalled' });
      }
      return challenge;
    },
    finish: async (id) => {
      const challenge = await challenges.consume(id);
      if (id === undefined || challenge === undefined) {
        return undefined;
      }
      followers.keepOnly(id, undefined);
      listeners.tell(id);
      const held = challenge.held === undefined ? [] : JSON.parse(unseal(id, challenge.held));
      return { challenge, held };
    },
    drop: async (id) => {
      if (id !== undefined) {
        await challenges.drop(id);
        followers.keepOnly(id, undefined);
        listeners.tell(id);
      }
    },
    listen: listeners.add,
    listening: listeners.count,
    waiting: followers.count,
    stop: followers.stop,
  };
};
