import type { EventOf } from './event.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgePreauth } from './judge-preauth.ts';
import { failPasscode, givePasscode, judgePasscode } from './passcodes.ts';
import { chooseFactor } from './start-factor.ts';
import type { StateOf } from './state.ts';
import { audit, goTo, type Handlers, refuse, type Step } from './step.ts';

type WithPending = StateOf<'waiting'> | StateOf<'racing'>;

const refuseBudget = (state: StateOf<'choosing' | 'waiting' | 'verifying' | 'racing'>): Step =>
  refuse(state.login, 'budget');

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

const started = (state: WithPending, event: EventOf<'started'>): Step => {
  if (event.call !== state.pending.call) {
    return goTo(state);
  }
  const pending = { ...state.pending, txid: event.txid };
  return goTo({ ...state, pending }, { kind: 'follow', txid: event.txid });
};

const progressed = (state: WithPending, event: EventOf<'progressed'>): Step =>
  event.txid === state.pending.txid
    ? goTo({ ...state, pending: { ...state.pending, status: event.status } })
    : goTo(state);

const answered = (state: WithPending, event: EventOf<'answered'>): Step =>
  event.txid === state.pending.txid ? judgeAnswer(state, event.answer) : goTo(state);

const withoutPending = (
  state: WithPending,
  notice: 'cancelled' | 'duo-unavailable',
): StateOf<'choosing'> | StateOf<'verifying'> => {
  const { login, offer } = state;
  return state.kind === 'racing'
    ? { kind: 'verifying', login, offer, checks: state.checks, notice }
    : { kind: 'choosing', login, offer, notice };
};

const failPending = (state: WithPending, { reason }: EventOf<'duo-failed'>): Step => {
  const { factor, device } = state.pending;
  return goTo(
    withoutPending(state, 'duo-unavailable'),
    audit('failed', { factor, device, reason }),
  );
};

/** The three buttons and the passcode box. */
export const onChoosing: Handlers<StateOf<'choosing'>> = {
  'factor-chosen': (state, event) => chooseFactor(state.login, state.offer, event),
  'passcode-given': givePasscode,
  'preauth-answered': refreshOffer,
  'budget-spent': refuseBudget,
};

/** A push, call or text message is under way, and the passcode box is live. */
export const onWaiting: Handlers<StateOf<'waiting'>> = {
  started,
  progressed,
  answered,
  'duo-failed': (state, event) =>
    event.call === state.pending.call ? failPending(state, event) : goTo(state),
  'passcode-given': givePasscode,
  cancelled: (state) => goTo(withoutPending(state, 'cancelled')),
  'budget-spent': refuseBudget,
  // With a transaction there is nothing to repair: whoever asks follows it.
  stalled: (state) =>
    state.pending.txid === undefined
      ? goTo(withoutPending(state, 'duo-unavailable'))
      : goTo(state, { kind: 'follow', txid: state.pending.txid }),
};

/** A code is being checked. */
export const onVerifying: Handlers<StateOf<'verifying'>> = {
  'passcode-given': givePasscode,
  'passcode-answered': judgePasscode,
  'preauth-answered': refreshOffer,
  'duo-failed': failPasscode,
  'budget-spent': refuseBudget,
  stalled: ({ login, offer }) =>
    goTo({ kind: 'choosing', login, offer, notice: 'duo-unavailable' }),
};

/** A push or call is under way and a code is being checked: the first to allow wins. */
export const onRacing: Handlers<StateOf<'racing'>> = {
  started,
  progressed,
  answered,
  'passcode-given': givePasscode,
  'passcode-answered': judgePasscode,
  'duo-failed': (state, event) =>
    event.call === state.pending.call ? failPending(state, event) : failPasscode(state, event),
  cancelled: (state) => goTo(withoutPending(state, 'cancelled')),
  'budget-spent': refuseBudget,
  stalled: ({ login, offer, pending }) =>
    goTo(
      { kind: 'waiting', login, offer, pending, notice: 'duo-unavailable' },
      ...(pending.txid === undefined ? [] : [{ kind: 'follow', txid: pending.txid } as const]),
    ),
};
