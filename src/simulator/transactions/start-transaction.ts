import { randomUUID } from 'node:crypto';
import type { Factor, IntegrationConfig } from '../config/types.ts';
import { type Device, maskedNumber } from '../directory/device.ts';
import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import type { SimulatorState } from '../state.ts';
import { playScript } from './script.ts';
import { statusTexts, type TransactionStatus } from './status.ts';
import { Transaction, type TransactionDetails } from './transaction.ts';
import type { Verification } from './verification.ts';

/** What an authentication is about, before it is known how it goes. */
export interface AuthenticationRequest {
  readonly state: SimulatorState;
  readonly integration: IntegrationConfig;
  readonly userId: string;
  readonly factor: Factor;
  readonly details: TransactionDetails;
}

const busyRetrySeconds = '5';

const makeRoom = (state: SimulatorState): void => {
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
  makeRoom(state);
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

/** Keeps an authentication that is over as it begins, for a client that asked with `async`. */
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
  const expiresAtMs = state.now() + state.settings.pushExpiresInSeconds * 1000;
  const transaction = create(
    request,
    { status, statusText: statusTexts[status], expiresAtMs },
    {
      deviceId: device.id,
      ...(verification && { txid: verification.txid, verificationCode: verification.code }),
    },
  );
  playScript(state, user, transaction);
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
  playScript(state, user, transaction);
  return transaction;
};
