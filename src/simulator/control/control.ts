import { randomUUID } from 'node:crypto';
import { camelCaseKeys, snakeCaseKeys } from '../config/key-case.ts';
import { SimulatorConfigError, validate } from '../config/load-config.ts';
import { deviceSchema, userSchema } from '../config/schema.ts';
import { unlock } from '../core/access-policy.ts';
import { answerTransaction } from '../core/answer-transaction.ts';
import type { DeviceConfig, DeviceInput, UserConfig, UserInput } from '../core/configuration.ts';
import { createDevice } from '../core/device.ts';
import { createUser, type User } from '../core/directory.ts';
import { claimActivation } from '../core/enrollment.ts';
import type { SimulatorState } from '../core/state.ts';
import { statusTexts, type Transaction } from '../core/transaction.ts';
import type { SimulatorControl, UserChange } from './types.ts';
import {
  viewActivation,
  viewDevice,
  viewExchange,
  viewPhone,
  viewTransaction,
  viewUser,
} from './views.ts';

const source = 'The input';

/** What a method names does not exist. */
export class NotFoundError extends RangeError {}

const parseUser = (input: UserInput): UserConfig =>
  camelCaseKeys(validate(userSchema, snakeCaseKeys(input), source));

const parseDevice = (input: DeviceInput): DeviceConfig =>
  camelCaseKeys(validate(deviceSchema, snakeCaseKeys(input), source));

const taken = (name: string): SimulatorConfigError =>
  new SimulatorConfigError(source, { problems: [`${name} is taken`] });

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
      throw new NotFoundError(`There is no transaction ${txid}`);
    }
    return transaction;
  };
  const findUser = (username: string): User => {
    const user = state.directory.userByName(username);
    if (!user) {
      throw new NotFoundError(`There is no user ${username}`);
    }
    return user;
  };
  const denyPending = (isConcerned: (transaction: Transaction) => boolean): void => {
    for (const transaction of state.transactions.pending().filter(isConcerned)) {
      transaction.change('deny', statusTexts.deny, state.now());
    }
    state.emit('transactions');
  };
  const findDevice = (deviceId: string) => {
    const found = state.directory.device(deviceId);
    if (!found) {
      throw new NotFoundError(`There is no device ${deviceId}`);
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
    addUser(input) {
      const config = parseUser(input);
      for (const name of [config.username, ...config.aliases]) {
        if (state.directory.userByName(name)) {
          throw taken(name);
        }
      }
      const user = createUser(config, true);
      for (const id of [user.id, ...user.devices.map((device) => device.id)]) {
        if (state.directory.userById(id) ?? state.directory.device(id)) {
          throw taken(id);
        }
      }
      state.directory.add(user);
      state.emit('directory');
      return viewUser(state, user);
    },
    removeUser(username) {
      const user = findUser(username);
      denyPending(({ start }) => start.userId === user.id);
      state.directory.remove(user);
      state.emit('directory');
    },
    addDevice(username, input) {
      const user = findUser(username);
      const device = createDevice(parseDevice(input), `${user.id}:${randomUUID()}`, true);
      if (state.directory.device(device.id)) {
        throw taken(device.id);
      }
      user.devices.push(device);
      state.emit('directory');
      return viewDevice(device);
    },
    updateDevice(deviceId, { reachable }) {
      const { device } = findDevice(deviceId);
      device.reachable = reachable;
      state.emit('directory');
      return viewDevice(device);
    },
    removeDevice(deviceId) {
      const { user, device } = findDevice(deviceId);
      denyPending(({ start }) => start.deviceId === deviceId);
      user.devices.splice(user.devices.indexOf(device), 1);
      state.emit('directory');
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
    setFaults(faults, seed = state.settings.faultSeed) {
      state.faults.replace(faults, seed);
      state.emit('faults');
    },
    faults: () => state.faults.list(),
    advance(seconds) {
      state.clock.advance(seconds);
      state.emit('transactions');
    },
    now: () => state.now(),
    log: () => state.log.entries(),
    exchange(id) {
      const entry = state.log.entry(id);
      if (!entry) {
        throw new NotFoundError(`There is no log entry ${id}`);
      }
      return viewExchange(state, entry, state.log.exchange(id));
    },
    reset: () => state.reset(),
  };
};
