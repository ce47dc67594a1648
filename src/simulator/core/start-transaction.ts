import { randomUUID } from 'node:crypto';
import { type Answer, answerTransaction } from './answer-transaction.ts';
import type { AnswerHabit, Factor, IntegrationConfig } from './configuration.ts';
import { type Device, maskedNumber } from './device.ts';
import type { User } from './directory.ts';
import { ProtocolError } from './error-codes.ts';
import type { SimulatorState, Verification } from './state.ts';
import {
  statusTexts,
  Transaction,
  type TransactionDetails,
  type TransactionStatus,
} from './transaction.ts';

/** An authentication request that policy lets through. */
export interface AuthenticationRequest {
  readonly state: SimulatorState;
  readonly integration: IntegrationConfig;
  readonly userId: string;
  readonly factor: Factor;
  readonly details: TransactionDetails;
}

interface ScheduledChange {
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
  }
};

const answerSteps = (
  state: SimulatorState,
  user: User,
  transaction: Transaction,
): ScheduledChange[] => {
  const answer = transaction.status === 'push_failed' ? undefined : answerOf(user.answer);
  if (answer === undefined) {
    return [];
  }
  const answerAtMs = transaction.start.createdAtMs + user.answerAfterSeconds * 1000;
  const step = (atMs: number, what: Answer): ScheduledChange => ({
    atMs,
    run: () => void answerTransaction(state, transaction, what),
  });
  if (transaction.start.factor !== 'phone') {
    return [step(answerAtMs, answer)];
  }
  const pressAtMs = answerAtMs + state.settings.keyPressAfterSeconds * 1000;
  return [step(answerAtMs, 'pick_up'), step(pressAtMs, answer)];
};

const scheduleStep = (
  state: SimulatorState,
  transaction: Transaction,
  steps: readonly ScheduledChange[],
): void => {
  const [step, ...rest] = steps;
  if (!step) {
    return;
  }
  transaction.cancelStep = state.clock.at(step.atMs, () => {
    step.run();
    if (!transaction.isFinal) {
      scheduleStep(state, transaction, rest);
    }
  });
};

/** Schedules what the user does by habit, and the timeout. */
const schedule = (state: SimulatorState, user: User, transaction: Transaction): void => {
  const expiry: ScheduledChange = {
    atMs: transaction.start.expiresAtMs,
    run: () => {
      transaction.change('timeout', statusTexts.timeout, state.now());
      state.emit('transactions');
    },
  };
  const answers = answerSteps(state, user, transaction);
  scheduleStep(state, transaction, [...answers.filter(({ atMs }) => atMs < expiry.atMs), expiry]);
};

const busyRetrySeconds = '5';

const ensureCapacity = (state: SimulatorState): void => {
  const { finalStateReadableSeconds, maxTransactions, retryAfterHeader } = state.settings;
  state.transactions.dropEnded(state.now() - finalStateReadableSeconds * 1000);
  if (state.transactions.size >= maxTransactions) {
    throw new ProtocolError(42901, undefined, { [retryAfterHeader]: busyRetrySeconds });
  }
};

const create = (
  request: AuthenticationRequest,
  first: { status: TransactionStatus; statusText: string; expiresAtMs: number },
  more: { txid?: string; deviceId?: string; verificationCode?: string } = {},
): Transaction => {
  const { state, integration, userId, factor, details } = request;
  ensureCapacity(state);
  const transaction = new Transaction({
    txid: more.txid ?? randomUUID(),
    ikey: integration.ikey,
    userId,
    deviceId: more.deviceId,
    factor,
    details,
    createdAtMs: state.now(),
    verificationCode: more.verificationCode,
    ...first,
  });
  state.transactions.add(transaction);
  state.emit('transactions');
  return transaction;
};

/** Records an authentication that ends at once, for a client that asked with `async`. */
export const startEnded = (
  request: AuthenticationRequest,
  status: TransactionStatus,
  statusText: string,
): Transaction => {
  return create(request, { status, statusText, expiresAtMs: request.state.now() });
};

/** Sends a push. */
export const startPush = (
  request: AuthenticationRequest,
  user: User,
  device: Device,
  verification?: Verification,
): Transaction => {
  const { state } = request;
  const status = device.reachable ? 'pushed' : 'push_failed';
  const statusText =
    verification && device.reachable
      ? statusTexts.verifiedPush(verification.code)
      : statusTexts[status];
  const expiresAtMs = state.now() + state.settings.pushExpiresInSeconds * 1000;
  const transaction = create(
    request,
    { status, statusText, expiresAtMs },
    {
      deviceId: device.id,
      ...(verification && { txid: verification.txid, verificationCode: verification.code }),
    },
  );
  schedule(state, user, transaction);
  return transaction;
};

/** Calls a phone. */
export const startCall = (
  request: AuthenticationRequest,
  user: User,
  device: Device,
): Transaction => {
  const { state } = request;
  const transaction = create(
    request,
    {
      status: 'calling',
      statusText: statusTexts.calling(maskedNumber(device.number)),
      expiresAtMs: state.now() + state.settings.callExpiresInSeconds * 1000,
    },
    { deviceId: device.id },
  );
  schedule(state, user, transaction);
  return transaction;
};
