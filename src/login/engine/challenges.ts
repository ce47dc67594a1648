import type { FlowState } from '../flow/state.ts';
import type { Store } from '../store/store.ts';
import { digestOf, isToken, newToken } from '../store/token.ts';

/** A login between its first factor and its end. */
export interface Challenge {
  readonly state: FlowState;
  /** Where the user wanted to go; checked before it was stored. */
  readonly returnTo: string;
  readonly address: string;
  /** The user wants this browser to be remembered. */
  readonly remember: boolean;
  readonly startedAtMs: number;
  readonly changedAtMs: number;
  /** What the first factor holds back until the end, sealed with the challenge's own id. */
  readonly held?: string | undefined;
}

/** Challenges in a store, each known to one browser by a cookie. */
export interface Challenges {
  /** @returns the id for the cookie. */
  open(challenge: Omit<Challenge, 'startedAtMs' | 'changedAtMs'>, id?: string): Promise<string>;
  read(id: string | undefined): Promise<Challenge | undefined>;
  /**
   * Change the state; `decide` is called again when another request has changed it first.
   *
   * @returns the challenge as it is, or nothing when there is none any more.
   */
  change(id: string, decide: (challenge: Challenge) => FlowState): Promise<Challenge | undefined>;
  /**
   * Use up a challenge that is granted. It is gone before a session exists: of any number of callers
   * one gets it.
   */
  consume(id: string | undefined): Promise<Challenge | undefined>;
  /**
   * Where a login that was used up a moment ago led to. A second tab asks when the first one has just
   * been given the session, and the browser does not know yet.
   */
  finished(id: string | undefined): Promise<string | undefined>;
  drop(id: string | undefined): Promise<void>;
  /** Tie a transaction of Duo to this challenge. False when another one has it. */
  claim(txid: string, id: string): Promise<boolean>;
}

const keyOf = (id: string): string => `challenge:${digestOf(id)}`;

const finishedKey = (id: string): string => `finished:${digestOf(id)}`;
const finishedMs = 20_000;

// Each try loses only to another change of the same login, so this is never reached in earnest.
const triesAtMost = 200;

/** @param lifetimeMs from the first factor to the end; it is never prolonged. */
export const createChallenges = (
  store: Store,
  { lifetimeMs, now }: { readonly lifetimeMs: number; readonly now: () => number },
): Challenges => {
  const find = async (id: string | undefined) => {
    const text = isToken(id) ? await store.get(keyOf(id)) : undefined;
    return text === undefined ? undefined : { text, challenge: JSON.parse(text) as Challenge };
  };
  const left = ({ startedAtMs }: Challenge): number =>
    Math.max(1, startedAtMs + lifetimeMs - now());

  return {
    open: async (challenge, id = newToken()) => {
      const times = { startedAtMs: now(), changedAtMs: now() };
      await store.set(keyOf(id), JSON.stringify({ ...challenge, ...times }), lifetimeMs);
      return id;
    },
    read: async (id) => (await find(id))?.challenge,
    change: async (id, decide) => {
      for (let tries = 0; tries < triesAtMost; tries += 1) {
        const found = await find(id);
        if (found === undefined) {
          return undefined;
        }
        const { text, challenge } = found;
        const state = decide(challenge);
        if (state === challenge.state) {
          return challenge;
        }
        const changed = { ...challenge, state, changedAtMs: now() };
        if (await store.replace(keyOf(id), text, JSON.stringify(changed), left(challenge))) {
          return changed;
        }
      }
      throw new Error('The login is changed by too many requests at once.');
    },
    consume: async (id) => {
      const found = await find(id);
      if (id === undefined || found?.challenge.state.kind !== 'granted') {
        return undefined;
      }
      if (!(await store.takeIf(keyOf(id), found.text))) {
        return undefined;
      }
      await store.set(finishedKey(id), found.challenge.returnTo, finishedMs);
      return found.challenge;
    },
    finished: async (id) => (isToken(id) ? store.get(finishedKey(id)) : undefined),
    drop: async (id) => {
      if (isToken(id)) {
        await store.delete(keyOf(id));
      }
    },
    claim: (txid, id) => store.add(`transaction:${digestOf(txid)}`, digestOf(id), lifetimeMs),
  };
};
