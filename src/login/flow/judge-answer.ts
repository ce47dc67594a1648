import type { AuthAnswer } from './event.ts';
import type { Notice, RefusedReason, StateOf } from './state.ts';
import { audit, goTo, numbered, pass, refuse, type Step } from './step.ts';

type WithPending = StateOf<'waiting'> | StateOf<'racing'>;

const endings: ReadonlyMap<string, RefusedReason> = new Map([
  ['fraud', 'fraud'],
  ['locked_out', 'locked-out'],
]);

/** A deny that ends the login, rather than one after which the user may try something else. */
export const endingOf = ({ result, status }: AuthAnswer): RefusedReason | undefined =>
  result === 'deny' ? endings.get(status) : undefined;

const backTo = (
  state: WithPending,
  notice: Notice,
): WithPending | StateOf<'choosing'> | StateOf<'verifying'> => {
  const { login, offer } = state;
  return state.kind === 'racing'
    ? { kind: 'verifying', login, offer, checks: state.checks, notice }
    : { kind: 'choosing', login, offer, notice };
};

/** Act on the end of the push, call or text message that is pending. */
export const judgeAnswer = (state: WithPending, answer: AuthAnswer): Step => {
  const { login, pending } = state;
  const { factor, device } = pending;
  if (answer.result === 'allow') {
    return pass(login, factor);
  }
  const ending = endingOf(answer);
  if (ending !== undefined) {
    const alarm = ending === 'fraud' ? [audit('fraud', { factor, device })] : [];
    return refuse(login, ending, ...alarm, { kind: 'count-failure' }, { kind: 'remember-deny' });
  }
  if (answer.status === 'sent') {
    // Only a new preauth tells the first digit of the code that was sent.
    const fresh = numbered(login);
    return goTo({ ...backTo(state, 'sms-sent'), login: fresh }, audit('sent', { factor, device }), {
      kind: 'preauth',
      call: fresh.calls,
    });
  }
  if (answer.status === 'timeout') {
    return goTo(backTo(state, 'timed-out'), audit('failed', { factor, device, reason: 'timeout' }));
  }
  return goTo(
    backTo(state, 'denied'),
    { kind: 'count-failure' },
    { kind: 'remember-deny' },
    audit('failed', { factor, device, reason: 'denied' }),
  );
};
