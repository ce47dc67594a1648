import type { StateOf } from './state.ts';
import { attempt, audit, goTo, type Handlers, refuse } from './step.ts';

/** Duo is done; the further password is awaited. */
export const onFurtherPassword: Handlers<StateOf<'further-password'>> = {
  'password-given': (state, { password }) => {
    if (state.login.attemptsLeft <= 0) {
      return refuse(state.login, 'further-password');
    }
    const login = attempt(state.login);
    return goTo(
      { kind: 'checking-password', login, by: state.by, call: login.calls },
      { kind: 'check-password', call: login.calls, password },
    );
  },
  'budget-spent': (state) => refuse(state.login, 'budget'),
};

/** The verifier is at work. */
export const onCheckingPassword: Handlers<StateOf<'checking-password'>> = {
  'password-checked': (state, { call, passed }) => {
    const { login, by } = state;
    if (call !== state.call) {
      return goTo(state);
    }
    return passed
      ? goTo({ kind: 'granted', login, by }, audit('granted', { factor: by }))
      : goTo(
          { kind: 'further-password', login, by, notice: 'wrong-password' },
          { kind: 'count-failure' },
          audit('failed', { reason: 'further-password' }),
        );
  },
  'budget-spent': (state) => refuse(state.login, 'budget'),
  stalled: ({ login, by }) => goTo({ kind: 'further-password', login, by }),
};
