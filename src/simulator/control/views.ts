import { type Device, displayName, remainingCodes } from '../core/device.ts';
import { isLockedOut } from '../core/lockout.ts';
import type { Activation, SimulatorState } from '../core/state.ts';
import type { Transaction } from '../core/transaction.ts';
import type { User } from '../core/user.ts';
import type { ActivationView, DeviceView, PhoneView, TransactionView, UserView } from './types.ts';

/** How long a phone shows a transaction that has ended. */
const shownAfterEndMs = 60_000;

/** Shows a device. */
export const viewDevice = (device: Device): DeviceView => ({
  id: device.id,
  kind: device.kind,
  displayName: displayName(device),
  capabilities: device.capabilities,
});

/** Shows a user. */
export const viewUser = (state: SimulatorState, user: User): UserView => ({
  id: user.id,
  username: user.username,
  aliases: user.aliases,
  groups: user.groups,
  status: isLockedOut(state, user) ? 'locked_out' : user.status,
  answer: user.answer,
  answerAfterSeconds: user.answerAfterSeconds,
  failures: user.failures,
  bypassCodes: [...user.bypassCodes],
  devices: user.devices.map(viewDevice),
});

/** Shows a transaction, without the code of a verified push. */
export const viewTransaction = (
  state: SimulatorState,
  transaction: Transaction,
): TransactionView => {
  const { start, status, result } = transaction;
  return {
    txid: start.txid,
    username: state.directory.userById(start.userId)?.username ?? '',
    deviceId: start.deviceId,
    factor: start.factor,
    status,
    result,
    ...start.details,
    createdAtMs: start.createdAtMs,
    expiresAtMs: start.expiresAtMs,
    needsCode: start.verificationCode !== undefined,
  };
};

/** Shows an activation code. */
export const viewActivation = (activation: Activation): ActivationView => ({
  code: activation.code,
  userId: activation.userId,
  username: activation.username,
  expiresAtMs: activation.expiresAtMs,
});

const passcodeOf = (state: SimulatorState, device: Device): string | undefined => {
  const makesCodes = device.kind === 'token' || device.capabilities.includes('mobile_otp');
  return makesCodes ? state.codes.generate(device, device.shownCounter) : undefined;
};

const isOnScreen = (transaction: Transaction, deviceId: string, nowMs: number): boolean => {
  const { endedAtMs, start } = transaction;
  const isRecent = endedAtMs === undefined || endedAtMs + shownAfterEndMs > nowMs;
  return start.deviceId === deviceId && isRecent;
};

/** Shows what a phone shows. */
export const viewPhone = (state: SimulatorState, user: User, device: Device): PhoneView => {
  const nowMs = state.now();
  return {
    device: viewDevice(device),
    username: user.username,
    nowMs,
    transactions: state.transactions
      .all()
      .filter((transaction) => isOnScreen(transaction, device.id, nowMs))
      .reverse()
      .map((transaction) => viewTransaction(state, transaction)),
    smsPasscodes: remainingCodes(device.smsBatch, nowMs),
    smsSentAtMs: device.smsBatch?.sentAtMs,
    passcode: passcodeOf(state, device),
  };
};
