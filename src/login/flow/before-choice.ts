import { judgePreauth } from './judge-preauth.ts';
import type { StateOf } from './state.ts';
import { audit, goTo, type Handlers, numbered, pass, refuse } from './step.ts';

/** Nobody is known yet. */
export const onFirstFactor: Handlers<StateOf<'first-factor'>> = {
  'first-factor-passed': (_state, event) => {
    const { rules } = event.login;
    if (rules.secondFactor === 'none') {
      return pass(event.login, rules.withoutDuo);
    }
    const login = numbered(event.login);
    return goTo(
      { kind: 'prechecking', login, call: login.calls },
      { kind: 'preauth', call: login.calls },
    );
  },
};

/** Duo is asked whether and how this user may authenticate. */
export const onPrechecking: Handlers<StateOf<'prechecking'>> = {
  'preauth-answered': (state, event) => {
    if (event.call !== state.call) {
      return goTo(state);
    }
    const { login, choice } = state;
    return judgePreauth(login, event, { choice, mayAutopush: choice === undefined });
  },
  'duo-failed': (state, event) => {
    if (event.call !== state.call) {
      return goTo(state);
    }
    const { login, choice } = state;
    // Only before anything else was tried: a later failure must not undo what Duo already said.
    if (event.outage && login.rules.failmode === 'safe' && choice === undefined) {
      return pass(login, 'failmode', audit('failmode', { reason: event.reason }));
    }
    return refuse(login, 'duo-unavailable', audit('failed', { reason: event.reason }));
  },
  'budget-spent': (state) => refuse(state.login, 'budget'),
  // Asking twice is harmless: preauth sends nothing to the user.
  stalled: (state) => {
    const login = numbered(state.login);
    return goTo({ ...state, login, call: login.calls }, { kind: 'preauth', call: login.calls });
  },
};
