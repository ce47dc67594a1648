import { explainSignature } from '../api/explain-signature.ts';
import { isLockedOut } from '../core/access-policy.ts';
import { type Device, displayName, makesPasscodes, remainingCodes } from '../core/device.ts';
import type { User } from '../core/directory.ts';
import type { Exchange } from '../core/exchange.ts';
import type { LogEntry } from '../core/request-log.ts';
import type { Activation, SimulatorState } from '../core/state.ts';
import type { Transaction } from '../core/transaction.ts';
import type {
  ActivationView,
  DeviceView,
  ExchangeView,
  HeaderView,
  PhoneView,
  TransactionView,
  UserView,
} from './types.ts';

/** How long a phone shows a transaction that has ended. */
const shownAfterEndMs = 60_000;

/** Shows a device. */
export const viewDevice = (device: Device): DeviceView => ({
  id: device.id,
  kind: device.kind,
  displayName: displayName(device),
  capabilities: device.capabilities,
  reachable: device.reachable,
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

const isOnScreen = (transaction: Transaction, deviceId: string, nowMs: number): boolean => {
  const { endedAtMs, start } = transaction;
  const isRecent = endedAtMs === undefined || endedAtMs + shownAfterEndMs > nowMs;
  return start.deviceId === deviceId && isRecent;
};

/** Shows the screen of a phone or token. */
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
    passcode: makesPasscodes(device)
      ? state.codes.generate(device, device.shownCounter)
      : undefined,
  };
};

const headerViews = (headers: Readonly<Record<string, string | undefined>>): HeaderView[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value: value ?? '' }));

const bodyText = (body: Buffer, contentType = ''): string =>
  contentType.startsWith('image/') ? `(${body.length} bytes)` : body.toString('utf8');

/** Shows an exchange, with its signature explained. */
export const viewExchange = (
  state: SimulatorState,
  entry: LogEntry,
  exchange: Exchange | undefined,
): ExchangeView => {
  if (!exchange) {
    return { entry };
  }
  const { request, response } = exchange;
  const signature = explainSignature(state, request);
  return {
    entry,
    request: {
      target: request.query === '' ? request.path : `${request.path}?${request.query}`,
      headers: headerViews(request.headers),
      body: bodyText(request.body),
    },
    ...(response && {
      response: {
        status: response.status,
        headers: headerViews(response.headers),
        body: bodyText(response.body, response.headers['content-type']),
      },
    }),
    ...(signature && { signature }),
  };
};
