import { answerTransaction } from '../core/answer-transaction.ts';
import { claimActivation } from '../core/enrollment.ts';
import { unlock } from '../core/lockout.ts';
import type { SimulatorState } from '../core/state.ts';
import type { Transaction } from '../core/transaction.ts';
import type { User } from '../core/user.ts';
import type { SimulatorControl, UserChange } from './types.ts';
import { viewActivation, viewDevice, viewPhone, viewTransaction, viewUser } from './views.ts';

const changeUser = (user: User, change: UserChange): void => {
  if (change.status === 'active') {
    unlock(user);
  }
  user.status = change.status ?? user.status;
  user.answer = change.answer ?? user.answer;
  user.answerAfterSeconds = change.answerAfterSeconds ?? user.answerAfterSeconds;
  user.groups = change.groups ?? user.groups;
};

/** The control over a simulator's state. */
export const createControl = (state: SimulatorState): SimulatorControl => {
  const findTransaction = (txid: string): Transaction => {
    const transaction = state.transactions.get(txid);
    if (!transaction) {
      throw new RangeError(`There is no transaction ${txid}`);
    }
    return transaction;
  };
  const findUser = (username: string): User => {
    const user = state.directory.userByName(username);
    if (!user) {
      throw new RangeError(`There is no user ${username}`);
    }
    return user;
  };
  const findDevice = (deviceId: string) => {
    const found = state.directory.device(deviceId);
    if (!found) {
      throw new RangeError(`There is no device ${deviceId}`);
    }
    return found;
  };

  return {
    users: () => state.directory.users().map((user) => viewUser(state, user)),
    updateUser(username, change) {
      const user = findUser(username);
      changeUser(user, change);
      state.emit('directory');
      return viewUser(state, user);
    },
    pending: () => state.transactions.pending().map((one) => viewTransaction(state, one)),
    transaction: (txid) => viewTransaction(state, findTransaction(txid)),
    answer: (txid, answer, code) => answerTransaction(state, findTransaction(txid), answer, code),
    phone(deviceId) {
      const { user, device } = findDevice(deviceId);
      return viewPhone(state, user, device);
    },
    nextPasscode(deviceId) {
      const { device } = findDevice(deviceId);
      device.shownCounter = Math.max(device.shownCounter + 1, device.nextCounter);
      state.emit('devices');
      return state.codes.generate(device, device.shownCounter);
    },
    activations: () =>
      state.activations
        .values(state.now())
        .filter(({ isClaimed, expiresAtMs }) => !isClaimed && expiresAtMs > state.now())
        .map(viewActivation),
    claim(activationCode, phone) {
      const device = claimActivation(state, activationCode, phone);
      return device && viewDevice(device);
    },
    setFaults: (faults, seed = state.settings.faultSeed) => state.faults.replace(faults, seed),
    faults: () => state.faults.list(),
    advance(seconds) {
      state.clock.advance(seconds);
      state.emit('transactions');
    },
    now: () => state.now(),
    log: () => state.log.entries(),
    reset: () => state.reset(),
  };
};
