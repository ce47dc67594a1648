import type { Attention } from '../accounts/attention.ts';
import type { Budgets } from '../accounts/budgets.ts';
import type { AuthAnswer, FlowEffect, FlowEvent } from '../flow/events.ts';
import type { Login } from '../flow/state.ts';
import { digestOf, seal } from '../store/token.ts';
import type { AuditLog } from '../watch/audit-log.ts';
import type { Challenge, Challenges } from './challenges.ts';
import { type AuthResult, classifyFailure, type Duo, isNotSent, type Who } from './duo.ts';

/** What effects are performed with. */
export interface PerformParts {
  readonly duo: Duo;
  /** The further password; false for a wrong one. */
  readonly checkPassword: (username: string, password: string) => Promise<boolean>;
  readonly challenges: Challenges;
  readonly budgets: Budgets;
  readonly attention: Attention;
  readonly audit: AuditLog;
  readonly observeDuo?:
    | ((call: string, outcome: 'ok' | 'outage' | 'refused', seconds: number) => void)
    | undefined;
  readonly now: () => number;
  /** Longer than Duo gives a push or a call. */
  readonly followMs: number;
}

interface Loop {
  readonly dispatch: (id: string, event: FlowEvent) => Promise<unknown>;
  /** Duo's token of a browser that was remembered, at the first preauth of a login. */
  readonly trustedDeviceToken: (id: string) => string | undefined;
}

type Effect<K extends FlowEffect['kind']> = Extract<FlowEffect, { kind: K }>;

/** Performs effects of a login, and all that follows from them. */
export interface Performer {
  perform(id: string, challenge: Challenge, effect: FlowEffect): Promise<unknown>;
  /** How many transactions this gateway follows. */
  readonly following: () => number;
  /** Stop following. No login is decided by that. */
  stop(): void;
}

const loginOf = ({ state }: Challenge): Login | undefined =>
  'login' in state ? state.login : undefined;

// Known to every gateway that follows the same transaction.
const ownerOf = (id: string, call: number): string => `${digestOf(id)}:${call}`;

/** What Duo answered, without what a store must not hold in the clear. */
const toAnswer = (
  id: string,
  { result, status, trustedDeviceToken: token }: AuthResult,
): AuthAnswer => ({
  result,
  status,
  sealedToken: token === undefined ? undefined : seal(id, token),
});

const endingOf = ({ result, status }: AuthResult) => {
  if (result === 'allow') {
    return 'approved';
  }
  return status === 'fraud' ? 'fraud' : 'not-approved';
};

export const createPerformer = (parts: PerformParts, loop: Loop): Performer => {
  const { duo, budgets, attention, challenges, now } = parts;
  const { dispatch } = loop;
  const followed = new Map<string, AbortController>();
  let stopped = false;

  // Every call to Duo ends in an event, and a failure in one as well.
  const ask = async <T>(
    call: number,
    name: string,
    work: () => Promise<T>,
    toEvent: (result: T) => FlowEvent,
  ): Promise<FlowEvent> => {
    const sinceMs = now();
    const observe = (outcome: 'ok' | 'outage' | 'refused') =>
      parts.observeDuo?.(name, outcome, (now() - sinceMs) / 1000);
    try {
      const event = toEvent(await work());
      observe('ok');
      return event;
    } catch (error) {
      const { outage, reason } = classifyFailure(error);
      observe(outage ? 'outage' : 'refused');
      return { kind: 'duo-failed', call, outage, reason };
    }
  };

  const preauth = async (id: string, who: Who, { rules }: Login, call: number) => {
    const event = await ask(
      call,
      'preauth',
      () => duo.preauth(who, loop.trustedDeviceToken(id)),
      (answer) => ({ kind: 'preauth-answered', call, answer, atMs: now() }),
    );
    const mayPass = event.kind === 'duo-failed' && event.outage && rules.failmode === 'safe';
    // Cutting the line to Duo must not let in a whole directory.
    const isLimited = mayPass && !(await budgets.takeFailmodeGrant());
    return dispatch(id, isLimited ? { ...event, outage: false, reason: 'failmode-limit' } : event);
  };

  const start = async (id: string, who: Who, effect: Effect<'start'>): Promise<unknown> => {
    const { call, factor, device, verifiedTxid } = effect;
    const owner = ownerOf(id, call);
    const why = await attention.reserve(who.username, owner);
    if (why !== undefined) {
      return dispatch(id, { kind: 'withheld', call, why });
    }
    const send = async (): Promise<string> => {
      try {
        return await duo.start(who, { factor, device }, verifiedTxid);
      } catch (error) {
        if (isNotSent(error)) {
          await attention.release(who.username, owner);
        }
        throw error;
      }
    };
    const startOne = async (): Promise<string> => {
      const txid = await send();
      if (!(await challenges.claim(txid, id))) {
        throw new Error('The transaction belongs to another login.');
      }
      return txid;
    };
    const event = await ask(call, factor, startOne, (txid) => ({ kind: 'started', call, txid }));
    return dispatch(id, event);
  };

  const settle = async (who: Who, owner: string, answer: AuthResult, effect: object) => {
    const ending = endingOf(answer);
    // Of several gateways that follow the same transaction, one settles it.
    if ((await attention.settle(who.username, owner, ending)) && ending === 'fraud') {
      const { username: user, address } = who;
      parts.audit({ event: 'second-factor', result: 'fraud', user, address, ...effect });
    }
  };

  // Followed to its end even when the login has moved on: a report of fraud must not get lost.
  const follow = async (id: string, { state }: Challenge, who: Who, txid: string) => {
    if (stopped || followed.has(txid) || !('pending' in state)) {
      return;
    }
    const abort = new AbortController();
    followed.set(txid, abort);
    const { call, startedAtMs, factor, device } = state.pending;
    const deadlineSeconds = Math.max(1, (startedAtMs + parts.followMs - now()) / 1000);
    const { signal } = abort;
    const onStatus = (status: string) =>
      // A store that is away loses a line of progress, and no more.
      void dispatch(id, { kind: 'progressed', txid, status }).catch(() => undefined);
    try {
      const answer = await duo.follow(txid, { deadlineSeconds, signal, onStatus });
      await settle(who, ownerOf(id, call), answer, { factor, device });
      await dispatch(id, { kind: 'answered', txid, answer: toAnswer(id, answer) });
    } catch (error) {
      // Stopped on purpose: another gateway goes on with it.
      if (!signal.aborted) {
        const { outage, reason } = classifyFailure(error);
        await dispatch(id, { kind: 'duo-failed', call, outage, reason });
      }
    } finally {
      followed.delete(txid);
    }
  };

  const verifyPasscode = async (id: string, who: Who, effect: Effect<'verify-passcode'>) => {
    const { call, passcode } = effect;
    // Reserved before Duo is asked, so that a hundred codes at once are no more than the budget.
    if (!(await budgets.charge(who))) {
      return dispatch(id, { kind: 'budget-spent' });
    }
    const event = await ask(
      call,
      'passcode',
      () => duo.passcode(who, passcode),
      (answer) => ({ kind: 'passcode-answered', call, answer: toAnswer(id, answer) }),
    );
    const isWrong = event.kind === 'passcode-answered' && event.answer.result === 'deny';
    if (!isWrong) {
      await budgets.refund(who);
    }
    if (event.kind === 'passcode-answered' && !isWrong) {
      await attention.approve(who.username);
    }
    return dispatch(id, event);
  };

  const checkPassword = async (id: string, who: Who, effect: Effect<'check-password'>) => {
    const { call, password } = effect;
    if (!(await budgets.charge(who))) {
      return dispatch(id, { kind: 'budget-spent' });
    }
    // A verifier that is out of order lets no login through, and charges none.
    const passed = await parts.checkPassword(who.username, password).catch(() => undefined);
    if (passed !== false) {
      await budgets.refund(who);
    }
    return dispatch(id, { kind: 'password-checked', call, passed: passed === true });
  };

  const perform: Performer['perform'] = async (id, challenge, effect) => {
    const login = loginOf(challenge);
    if (login === undefined) {
      return;
    }
    const { username } = login;
    const who: Who = { username, address: challenge.address };
    switch (effect.kind) {
      case 'preauth':
        return preauth(id, who, login, effect.call);
      case 'start':
        return start(id, who, effect);
      case 'follow':
        // In the background. What fails there is a store that is away: the login stays as it is.
        void follow(id, challenge, who, effect.txid).catch(() => undefined);
        return;
      case 'verify-passcode':
        return verifyPasscode(id, who, effect);
      case 'check-password':
        return checkPassword(id, who, effect);
      case 'count-failure':
        return budgets.charge(who);
      case 'remember-deny':
        return budgets.rememberDeny(username);
      case 'audit': {
        const { result, factor, device, reason } = effect;
        const { address } = who;
        const entry = { result, user: username, address, factor, device, reason };
        return parts.audit({ event: 'second-factor', ...entry });
      }
    }
  };

  return {
    perform,
    following: () => followed.size,
    stop: () => {
      stopped = true;
      for (const abort of followed.values()) {
        abort.abort();
      }
    },
  };
};
