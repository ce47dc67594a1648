import type { AuthAnswer, EventOf } from './events.ts';
import type { Choice, Login, Notice, RefusedReason, StateOf } from './state.ts';
import { audit, goTo, numbered, pass, pickDevice, refuse, type Step, startChoice } from './step.ts';

/** A push, call or text message is pending, perhaps beside codes. */
export type WithPending = StateOf<'waiting'> | StateOf<'racing'>;

/** Codes are being checked, perhaps beside a push. */
export type WithChecks = StateOf<'verifying'> | StateOf<'racing'>;

/** What preauth was asked for. */
interface Purpose {
  /** Started as soon as Duo says `auth`. */
  readonly choice?: Choice | undefined;
  /** Shown above the choices. */
  readonly notice?: Notice | undefined;
  /** A push may be sent without being asked for: at the first preauth of a login only. */
  readonly mayAutopush: boolean;
}

/** Act on Duo's answer to preauth. */
export const judgePreauth = (
  login: Login,
  { answer, atMs }: EventOf<'preauth-answered'>,
  { choice, notice, mayAutopush }: Purpose,
): Step => {
  switch (answer.result) {
    case 'allow':
      return pass(login, { by: 'bypass' });
    case 'deny':
      return refuse(login, 'duo-deny', { kind: 'remember-deny' });
    case 'enroll':
      return goTo({ kind: 'enrolling', login, url: answer.url }, audit('enroll'));
    case 'auth': {
      const offer = { devices: answer.devices, verifiedPush: answer.verifiedPush };
      if (choice !== undefined) {
        return startChoice(login, offer, choice, atMs);
      }
      const device = pickDevice(offer, 'push', undefined, login.preferredDevice);
      if (mayAutopush && login.rules.autopush && device !== undefined) {
        return startChoice(login, offer, { factor: 'push', device }, atMs);
      }
      return goTo({ kind: 'choosing', login, offer, notice });
    }
  }
};

const refusals: ReadonlyMap<string, RefusedReason> = new Map([
  ['fraud', 'fraud'],
  ['locked_out', 'locked-out'],
]);

/** Why a deny ends the login; nothing for one after which the user may try another factor. */
const refusalOf = ({ result, status }: AuthAnswer): RefusedReason | undefined =>
  result === 'deny' ? refusals.get(status) : undefined;

/** The state without what was pending. */
export const withoutPending = (
  state: WithPending,
  notice: Notice,
): StateOf<'choosing'> | StateOf<'verifying'> => {
  const { login, offer } = state;
  return state.kind === 'racing'
    ? { kind: 'verifying', login, offer, checks: state.checks, notice }
    : { kind: 'choosing', login, offer, notice };
};

/** Act on the end of the push, call or text message that is pending. */
export const judgePending = (state: WithPending, answer: AuthAnswer): Step => {
  const { login, pending } = state;
  const { factor, device } = pending;
  if (answer.result === 'allow') {
    return pass(login, { by: factor, sealedToken: answer.sealedToken });
  }
  const refusal = refusalOf(answer);
  if (refusal !== undefined) {
    return refuse(login, refusal, { kind: 'count-failure' }, { kind: 'remember-deny' });
  }
  if (answer.status === 'sent') {
    // Only a new preauth has the first digit of the code that was sent.
    const fresh = numbered(login);
    return goTo(
      { ...withoutPending(state, 'sms-sent'), login: fresh },
      audit('sent', { factor, device }),
      { kind: 'preauth', call: fresh.calls },
    );
  }
  if (answer.status === 'timeout') {
    return goTo(
      withoutPending(state, 'timed-out'),
      audit('failed', { factor, device, reason: 'timeout' }),
    );
  }
  return goTo(
    withoutPending(state, 'denied'),
    { kind: 'count-failure' },
    { kind: 'remember-deny' },
    audit('failed', { factor, device, reason: 'denied' }),
  );
};

/** The state once a code has its answer. */
const withoutCheck = (
  state: WithChecks,
  call: number,
  notice: Notice,
): StateOf<'choosing' | 'waiting' | 'verifying' | 'racing'> => {
  const checks = state.checks.filter((one) => one !== call);
  if (checks.length > 0) {
    return { ...state, checks, notice };
  }
  const { login, offer } = state;
  return state.kind === 'racing'
    ? { kind: 'waiting', login, offer, pending: state.pending, notice }
    : { kind: 'choosing', login, offer, notice };
};

/** Duo has judged a code. An answer to an unknown call is dropped. */
export const judgePasscode = (
  state: WithChecks,
  { call, answer }: EventOf<'passcode-answered'>,
): Step => {
  if (!state.checks.includes(call)) {
    return goTo(state);
  }
  if (answer.result === 'allow') {
    return pass(state.login, { by: 'passcode', sealedToken: answer.sealedToken });
  }
  const refusal = refusalOf(answer);
  if (refusal !== undefined) {
    return refuse(state.login, refusal, { kind: 'remember-deny' });
  }
  return goTo(
    withoutCheck(state, call, 'wrong-passcode'),
    { kind: 'remember-deny' },
    audit('failed', { factor: 'passcode', reason: 'denied' }),
  );
};

/** Duo could not judge a code. */
export const failPasscode = (state: WithChecks, { call, reason }: EventOf<'duo-failed'>): Step =>
  state.checks.includes(call)
    ? goTo(
        withoutCheck(state, call, 'duo-unavailable'),
        audit('failed', { factor: 'passcode', reason }),
      )
    : goTo(state);
