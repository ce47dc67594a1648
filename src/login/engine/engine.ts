import { EventEmitter } from 'node:events';
import type { FlowEffect, FlowEvent } from '../flow/events.ts';
import { next } from '../flow/next.ts';
import { type FlowState, type Login, pendingTxid, type StateOf } from '../flow/state.ts';
import { newToken, seal, unseal } from '../store/token.ts';
import type { Challenge } from './challenges.ts';
import { createPerformer, type PerformParts } from './perform.ts';

/** What the engine works with. */
export interface EngineParts extends PerformParts {
  /** After this long without a change, the gateway that worked on a login counts as stopped. */
  readonly stalledMs: number;
}

/** A user who has passed the first factor. */
export interface Beginning {
  readonly login: Login;
  readonly address: string;
  readonly returnTo: string;
  /** The user wants this browser to be remembered. */
  readonly remember: boolean;
  /** `Set-Cookie` lines to hold back until the end. */
  readonly held?: readonly string[] | undefined;
  /** Duo's token of this browser, when it was remembered. */
  readonly trustedDeviceToken?: string | undefined;
}

/** A login that has reached its end. */
export interface Finished {
  readonly state: StateOf<'granted'>;
  readonly challenge: Challenge;
  readonly held: readonly string[];
  readonly trustedDeviceToken?: string | undefined;
}

/** Runs logins: takes events, keeps states, and does what the flow asks for. */
export interface Engine {
  /** @returns the id of the new challenge, for the browser alone. */
  begin(beginning: Beginning): Promise<string>;
  /** Act on an event and on all that follows at once. @returns the challenge after that. */
  dispatch(id: string, event: FlowEvent): Promise<Challenge | undefined>;
  /** The login as it is now. Takes over the work of a gateway that has stopped. */
  look(id: string | undefined): Promise<Challenge | undefined>;
  /** Use up a login that is granted. Of any number of callers, one gets it. */
  finish(id: string | undefined): Promise<Finished | undefined>;
  drop(id: string | undefined): Promise<void>;
  /** Call back each time a login has changed, in this process. @returns how to stop that. */
  listen(id: string, listener: () => void): () => void;
  readonly listening: (id: string) => number;
  /** How many pushes, calls and messages this gateway follows. */
  readonly waiting: () => number;
  /** Stop following. No login is decided by that. */
  stop(): void;
}

const busyKinds: readonly FlowState['kind'][] = [
  'prechecking',
  'verifying',
  'racing',
  'checking-password',
];

// Work that only the gateway which began it can end. Any gateway can follow a transaction.
const isWork = (state: FlowState): boolean =>
  busyKinds.includes(state.kind) || (state.kind === 'waiting' && pendingTxid(state) === undefined);

/** Create an engine. It does no I/O but through its parts. */
export const createEngine = (parts: EngineParts): Engine => {
  const { challenges, now, stalledMs } = parts;
  const changes = new EventEmitter().setMaxListeners(0);
  const busy = new Map<string, number>();
  const tokens = new Map<string, string>();

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
      if (challenge === undefined) {
        return undefined;
      }
      changes.emit(id);
      await Promise.all(effects.map((effect) => performer.perform(id, challenge, effect)));
      return challenges.read(id);
    });

  const performer = createPerformer(parts, {
    dispatch,
    trustedDeviceToken: (id) => tokens.get(id),
  });

  return {
    begin: async ({ login, address, returnTo, remember, held = [], trustedDeviceToken }) => {
      const id = newToken();
      const sealed = held.length === 0 ? undefined : seal(id, JSON.stringify(held));
      const state: FlowState = { kind: 'first-factor' };
      await challenges.open({ state, address, returnTo, remember, held: sealed }, id);
      if (trustedDeviceToken !== undefined) {
        tokens.set(id, trustedDeviceToken);
      }
      await dispatch(id, { kind: 'first-factor-passed', login }).finally(() => tokens.delete(id));
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
        await performer.perform(id, challenge, { kind: 'follow', txid });
      }
      if (isWork(state) && !busy.has(id) && now() - changedAtMs >= stalledMs) {
        return dispatch(id, { kind: 'stalled' });
      }
      return challenge;
    },
    finish: async (id) => {
      const challenge = await challenges.consume(id);
      if (id === undefined || challenge?.state.kind !== 'granted') {
        return undefined;
      }
      changes.emit(id);
      const { held, state } = challenge;
      const token = state.sealedToken;
      return {
        challenge,
        state,
        held: held === undefined ? [] : JSON.parse(unseal(id, held)),
        trustedDeviceToken: token === undefined ? undefined : unseal(id, token),
      };
    },
    drop: async (id) => {
      if (id !== undefined) {
        await challenges.drop(id);
        changes.emit(id);
      }
    },
    listen: (id, listener) => {
      changes.on(id, listener);
      return () => changes.off(id, listener);
    },
    listening: (id) => changes.listenerCount(id),
    waiting: performer.following,
    stop: performer.stop,
  };
};
