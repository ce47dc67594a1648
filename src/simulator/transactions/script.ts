import type { AnswerHabit } from '../config/types.ts';
import type { User } from '../directory/user.ts';
import type { SimulatorState } from '../state.ts';
import { type Answer, answerTransaction } from './answer.ts';
import { statusTexts } from './status.ts';
import type { Transaction } from './transaction.ts';

interface Step {
  readonly atMs: number;
  readonly run: () => void;
}

const answerOf = (habit: AnswerHabit): Exclude<Answer, 'pick_up'> | undefined => {
  switch (habit) {
    case 'approve':
    case 'deny':
    case 'fraud':
      return habit;
    case 'ignore':
    case 'manual':
      return undefined;
    default:
      return habit satisfies never;
  }
};

const answerSteps = (state: SimulatorState, user: User, transaction: Transaction): Step[] => {
  const answer = transaction.status === 'push_failed' ? undefined : answerOf(user.answer);
  if (answer === undefined) {
    return [];
  }
  const answerAtMs = transaction.start.createdAtMs + user.answerAfterSeconds * 1000;
  const step = (atMs: number, what: Answer): Step => ({
    atMs,
    run: () => void answerTransaction(state, transaction, what),
  });
  if (transaction.start.factor !== 'phone') {
    return [step(answerAtMs, answer)];
  }
  const pressAtMs = answerAtMs + state.settings.keyPressAfterSeconds * 1000;
  return [step(answerAtMs, 'pick_up'), step(pressAtMs, answer)];
};

const playStep = (
  state: SimulatorState,
  transaction: Transaction,
  steps: readonly Step[],
): void => {
  const [step, ...rest] = steps;
  if (!step) {
    return;
  }
  transaction.cancelStep = state.clock.at(step.atMs, () => {
    step.run();
    if (!transaction.isFinal) {
      playStep(state, transaction, rest);
    }
  });
};

/** Lets a pending transaction take its course: what its user does by habit, and its end in time. */
export const playScript = (state: SimulatorState, user: User, transaction: Transaction): void => {
  const expiry: Step = {
    atMs: transaction.start.expiresAtMs,
    run: () => {
      transaction.change('timeout', statusTexts.timeout, state.now());
      state.emit('transactions');
    },
  };
  const answers = answerSteps(state, user, transaction);
  playStep(state, transaction, [...answers.filter(({ atMs }) => atMs < expiry.atMs), expiry]);
};
