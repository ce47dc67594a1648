import { clearFailures, countFailure, isLockedOut } from './access-policy.ts';
import type { SimulatorState } from './state.ts';
import { statusTexts, type Transaction, type TransactionStatus } from './transaction.ts';

/** What a user does with a push or a call. `pick_up` answers a call; `approve` presses its key. */
export type Answer = 'approve' | 'deny' | 'fraud' | 'pick_up';

/**
 * The effect of an answer. `wrong_code`: the verified push is pending still, or denied after too many
 * wrong codes. `ended`: the transaction had ended before. `not_a_call`: there is no call to pick up.
 */
export type AnswerOutcome = 'done' | 'wrong_code' | 'ended' | 'not_a_call';

/** Ends a transaction and updates the failure count of its user. */
const finish = (
  state: SimulatorState,
  transaction: Transaction,
  status: TransactionStatus,
  text: string,
): AnswerOutcome => {
  if (!transaction.change(status, text, state.now())) {
    return 'ended';
  }
  const user = state.directory.userById(transaction.start.userId);
  if (user && status === 'allow') {
    clearFailures(user);
  }
  if (user && (status === 'deny' || status === 'fraud')) {
    countFailure(state, user);
  }
  state.emit('transactions');
  return 'done';
};

/** An approval has no effect once the account is disabled or locked out. */
const approve = (state: SimulatorState, transaction: Transaction): AnswerOutcome => {
  const user = state.directory.userById(transaction.start.userId);
  if (!user || user.status === 'disabled') {
    return finish(state, transaction, 'deny', statusTexts.deny);
  }
  if (isLockedOut(state, user)) {
    return finish(state, transaction, 'locked_out', statusTexts.deny);
  }
  return finish(state, transaction, 'allow', statusTexts.allow);
};

const approveWithCode = (
  state: SimulatorState,
  transaction: Transaction,
  code: string,
): AnswerOutcome => {
  if (code === transaction.start.verificationCode) {
    return approve(state, transaction);
  }
  transaction.wrongCodes += 1;
  if (transaction.wrongCodes >= state.settings.verifiedPushAttempts) {
    finish(state, transaction, 'deny', statusTexts.deny);
  }
  return 'wrong_code';
};

const pickUp = (state: SimulatorState, transaction: Transaction): AnswerOutcome => {
  if (transaction.status !== 'calling') {
    return 'not_a_call';
  }
  transaction.change('answered', statusTexts.answered, state.now());
  state.emit('transactions');
  return 'done';
};

/**
 * Answers a pending transaction.
 *
 * @param code - what was typed on the phone for a verified push. `undefined` means a user who
 *   types the right one.
 */
export const answerTransaction = (
  state: SimulatorState,
  transaction: Transaction,
  answer: Answer,
  code?: string,
): AnswerOutcome => {
  if (transaction.isFinal) {
    return 'ended';
  }
  switch (answer) {
    case 'approve':
      return transaction.start.verificationCode !== undefined && code !== undefined
        ? approveWithCode(state, transaction, code)
        : approve(state, transaction);
    case 'deny': {
      const isCall = transaction.start.factor === 'phone';
      return finish(state, transaction, 'deny', isCall ? statusTexts.noKeyPress : statusTexts.deny);
    }
    case 'fraud':
      return finish(state, transaction, 'fraud', statusTexts.fraud);
    case 'pick_up':
      return pickUp(state, transaction);
  }
};
