import {
  failPasscode,
  judgePasscode,
  judgePending,
  judgePreauth,
  type WithPending,
  withoutPending,
} from './answers.ts';
import type { EventOf, FlowEvent } from './events.ts';
import type { FlowState, Login, StateOf } from './state.ts';
import {
  attempt,
  audit,
  goTo,
  type Handlers,
  numbered,
  pass,
  pickDevice,
  refuse,
  type Step,
  startChoice,
} from './step.ts';

type Choosable = StateOf<'choosing' | 'waiting' | 'verifying' | 'racing'>;

const refuseBudget = ({ login }: { readonly login: Login }): Step => refuse(login, 'budget');

/** The user pressed one of the buttons. */
const chooseFactor = (state: StateOf<'choosing'>, event: EventOf<'factor-chosen'>): Step => {
  const { login, offer } = state;
  const { factor, device: wanted, atMs } = event;
  const device = pickDevice(offer, factor, wanted, login.preferredDevice);
  return device === undefined
    ? goTo({ kind: 'choosing', login, offer, notice: 'cannot-start' })
    : startChoice({ ...login, preferredDevice: device }, offer, { factor, device }, atMs);
};

/** The user will press a button of this device next. */
const chooseDevice = (state: StateOf<'choosing'>, { device }: EventOf<'device-chosen'>): Step =>
  state.offer.devices.some((one) => one.device === device)
    ? goTo({ ...state, login: { ...state.login, preferredDevice: device } })
    : goTo(state);

/** A code was typed; a push that is pending stays pending. */
const givePasscode = (state: Choosable, { passcode }: EventOf<'passcode-given'>): Step => {
  if (state.login.attemptsLeft <= 0) {
    return refuse(state.login, 'budget');
  }
  const login = attempt(state.login);
  const checks = [...('checks' in state ? state.checks : []), login.calls];
  const { offer } = state;
  const next: FlowState =
    'pending' in state
      ? { kind: 'racing', login, offer, pending: state.pending, checks }
      : { kind: 'verifying', login, offer, checks };
  return goTo(next, { kind: 'verify-passcode', call: login.calls, passcode });
};

/** Preauth was asked again, for the first digit of a text message: take over what it says. */
const refreshOffer = (
  state: StateOf<'choosing'> | StateOf<'verifying'>,
  event: EventOf<'preauth-answered'>,
): Step => {
  if (event.call !== state.login.calls) {
    return goTo(state);
  }
  const step = judgePreauth(state.login, event, { notice: state.notice, mayAutopush: false });
  return step.state.kind === 'choosing' && state.kind === 'verifying'
    ? goTo({ ...state, offer: step.state.offer })
    : step;
};

/** The first factor has not been passed yet. */
const onFirstFactor: Handlers<StateOf<'first-factor'>> = {
  'first-factor-passed': (_state, event) => {
    const { rules } = event.login;
    if (rules.secondFactor === 'none') {
      return pass(event.login, { by: rules.withoutDuo });
    }
    const login = numbered(event.login);
    return goTo(
      { kind: 'prechecking', login, call: login.calls },
      { kind: 'preauth', call: login.calls },
    );
  },
};

/** Duo is asked whether and how this user may authenticate. */
const onPrechecking: Handlers<StateOf<'prechecking'>> = {
  'preauth-answered': (state, event) => {
    const { login, choice } = state;
    return event.call === state.call
      ? judgePreauth(login, event, { choice, mayAutopush: choice === undefined })
      : goTo(state);
  },
  'duo-failed': (state, event) => {
    if (event.call !== state.call) {
      return goTo(state);
    }
    const { login, choice } = state;
    // Only before anything else was tried: a later failure must not undo what Duo already said.
    if (event.outage && login.rules.failmode === 'safe' && choice === undefined) {
      return pass(login, { by: 'failmode' }, audit('failmode', { reason: event.reason }));
    }
    return refuse(login, 'duo-unavailable', audit('failed', { reason: event.reason }));
  },
  'budget-spent': refuseBudget,
  // Asking twice is harmless: preauth sends nothing to the user.
  stalled: (state) => {
    const login = numbered(state.login);
    return goTo({ ...state, login, call: login.calls }, { kind: 'preauth', call: login.calls });
  },
};

/** The buttons and the passcode box. */
const onChoosing: Handlers<StateOf<'choosing'>> = {
  'factor-chosen': chooseFactor,
  'device-chosen': chooseDevice,
  'passcode-given': givePasscode,
  'preauth-answered': refreshOffer,
  'budget-spent': refuseBudget,
};

const onPending = {
  started: (state, { call, txid }) =>
    call === state.pending.call
      ? goTo({ ...state, pending: { ...state.pending, txid } }, { kind: 'follow', txid })
      : goTo(state),
  withheld: (state, { call, why }) => {
    const { factor, device } = state.pending;
    return call === state.pending.call
      ? goTo(withoutPending(state, why), audit('failed', { factor, device, reason: why }))
      : goTo(state);
  },
  progressed: (state, { txid, status }) =>
    txid === state.pending.txid
      ? goTo({ ...state, pending: { ...state.pending, status } })
      : goTo(state),
  answered: (state, { txid, answer }) =>
    txid === state.pending.txid ? judgePending(state, answer) : goTo(state),
  'duo-failed': (state, { call, reason }) => {
    const { factor, device } = state.pending;
    return call === state.pending.call
      ? goTo(withoutPending(state, 'duo-unavailable'), audit('failed', { factor, device, reason }))
      : goTo(state);
  },
  'passcode-given': givePasscode,
  cancelled: (state) => goTo(withoutPending(state, 'cancelled')),
  'budget-spent': refuseBudget,
} satisfies Handlers<WithPending>;

/** A push, call or text message is under way, and the passcode box can be used. */
const onWaiting: Handlers<StateOf<'waiting'>> = {
  ...onPending,
  // With a transaction there is nothing to repair: every gateway that is asked follows it.
  stalled: (state) =>
    state.pending.txid === undefined
      ? goTo(withoutPending(state, 'duo-unavailable'))
      : goTo(state, { kind: 'follow', txid: state.pending.txid }),
};

/** A code is being checked. */
const onVerifying: Handlers<StateOf<'verifying'>> = {
  'passcode-given': givePasscode,
  'passcode-answered': judgePasscode,
  'preauth-answered': refreshOffer,
  'duo-failed': failPasscode,
  'budget-spent': refuseBudget,
  stalled: ({ login, offer }) =>
    goTo({ kind: 'choosing', login, offer, notice: 'duo-unavailable' }),
};

/** A push or call is under way and a code is being checked: the first to allow wins. */
const onRacing: Handlers<StateOf<'racing'>> = {
  ...onPending,
  'passcode-answered': judgePasscode,
  'duo-failed': (state, event) =>
    event.call === state.pending.call
      ? onPending['duo-failed'](state, event)
      : failPasscode(state, event),
  stalled: ({ login, offer, pending }) =>
    goTo(
      { kind: 'waiting', login, offer, pending, notice: 'duo-unavailable' },
      ...(pending.txid === undefined ? [] : [{ kind: 'follow', txid: pending.txid } as const]),
    ),
};

/** Duo is done; the further password is awaited. */
const onFurtherPassword: Handlers<StateOf<'further-password'>> = {
  'password-given': ({ login: before, by, sealedToken }, { password }) => {
    if (before.attemptsLeft <= 0) {
      return refuse(before, 'further-password');
    }
    const login = attempt(before);
    const call = login.calls;
    return goTo(
      { kind: 'checking-password', login, by, sealedToken, call },
      { kind: 'check-password', call, password },
    );
  },
  'budget-spent': refuseBudget,
};

/** The further password is being checked. */
const onCheckingPassword: Handlers<StateOf<'checking-password'>> = {
  'password-checked': (state, { call, passed }) => {
    const { login, by, sealedToken } = state;
    if (call !== state.call) {
      return goTo(state);
    }
    return passed
      ? goTo({ kind: 'granted', login, by, sealedToken }, audit('granted', { factor: by }))
      : goTo(
          { kind: 'further-password', login, by, sealedToken, notice: 'wrong-password' },
          audit('failed', { reason: 'further-password' }),
        );
  },
  'budget-spent': refuseBudget,
  stalled: ({ login, by, sealedToken }) =>
    goTo({ kind: 'further-password', login, by, sealedToken }),
};

const handlers: { readonly [K in FlowState['kind']]: Handlers<StateOf<K>> } = {
  'first-factor': onFirstFactor,
  prechecking: onPrechecking,
  choosing: onChoosing,
  waiting: onWaiting,
  verifying: onVerifying,
  racing: onRacing,
  'further-password': onFurtherPassword,
  'checking-password': onCheckingPassword,
  // Ends: no event leads out of them.
  enrolling: {},
  granted: {},
  refused: {},
};

type Handler = (state: FlowState, event: FlowEvent) => Step;

/**
 * The whole login: the state and the effects that follow when an event meets a state. Pure; an event
 * that does not belong to a state leaves it as it is, the very same object.
 */
export const next = (state: FlowState, event: FlowEvent): Step => {
  // The table pairs each handler with its own state and event; the compiler cannot follow both keys.
  const handle = handlers[state.kind][event.kind] as Handler | undefined;
  return handle === undefined ? { state, effects: [] } : handle(state, event);
};
