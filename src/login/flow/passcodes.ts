import type { EventOf } from './event.ts';
import { endingOf } from './judge-answer.ts';
import type { StateOf } from './state.ts';
import { attempt, audit, goTo, pass, refuse, type Step } from './step.ts';

type Live = StateOf<'choosing' | 'waiting' | 'verifying' | 'racing'>;
type Checking = StateOf<'verifying'> | StateOf<'racing'>;

const checksOf = (state: Live): readonly number[] => ('checks' in state ? state.checks : []);

/** A code was typed; whatever is pending stays pending. */
export const givePasscode = (state: Live, { passcode }: EventOf<'passcode-given'>): Step => {
  if (state.login.attemptsLeft <= 0) {
    return refuse(state.login, 'budget');
  }
  const login = attempt(state.login);
  const checks = [...checksOf(state), login.calls];
  const { offer } = state;
  const next: Checking =
    'pending' in state
      ? { kind: 'racing', login, offer, pending: state.pending, checks }
      : { kind: 'verifying', login, offer, checks };
  return goTo(next, { kind: 'verify-passcode', call: login.calls, passcode });
};

/** The state once a call is no longer out. */
export const withoutCheck = (state: Checking, call: number): Live => {
  const checks = state.checks.filter((one) => one !== call);
  if (checks.length > 0) {
    return { ...state, checks };
  }
  const { login, offer, notice } = state;
  return state.kind === 'racing'
    ? { kind: 'waiting', login, offer, pending: state.pending, notice }
    : { kind: 'choosing', login, offer, notice };
};

/** Duo has judged a code. A reply to a call that is not out is dropped. */
export const judgePasscode = (
  state: Checking,
  { call, answer }: EventOf<'passcode-answered'>,
): Step => {
  if (!state.checks.includes(call)) {
    return goTo(state);
  }
  if (answer.result === 'allow') {
    return pass(state.login, 'passcode');
  }
  const ending = endingOf(answer);
  if (ending !== undefined) {
    return refuse(state.login, ending, { kind: 'count-failure' }, { kind: 'remember-deny' });
  }
  return goTo(
    { ...withoutCheck(state, call), notice: 'wrong-passcode' },
    { kind: 'count-failure' },
    { kind: 'remember-deny' },
    audit('failed', { factor: 'passcode', reason: 'denied' }),
  );
};

/** Duo could not judge a code. */
export const failPasscode = (state: Checking, { call, reason }: EventOf<'duo-failed'>): Step =>
  state.checks.includes(call)
    ? goTo(
        { ...withoutCheck(state, call), notice: 'duo-unavailable' },
        audit('failed', { factor: 'passcode', reason }),
      )
    : goTo(state);
