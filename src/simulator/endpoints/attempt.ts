import { clearFailures, countFailure } from '../directory/lockout.ts';
import { usePasscode } from '../directory/passcode.ts';
import { createSmsBatch } from '../directory/sms-batch.ts';
import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import type { SimulatorState } from '../state.ts';
import {
  type AuthenticationRequest,
  startCall,
  startPush,
} from '../transactions/start-transaction.ts';
import { statusTexts, type TransactionStatus } from '../transactions/status.ts';
import type { Transaction } from '../transactions/transaction.ts';
import type { Verification } from '../transactions/verification.ts';
import { chooseAutomatic, chooseDevice } from './choose-device.ts';
import type { RequestedFactor } from './requested-factor.ts';

/** An authentication is over at once, or goes on. */
export type Attempt =
  | { readonly kind: 'ended'; readonly status: TransactionStatus; readonly statusText: string }
  | { readonly kind: 'started'; readonly transaction: Transaction };

const started = (transaction: Transaction): Attempt => ({ kind: 'started', transaction });

const ended = (status: TransactionStatus, statusText: string): Attempt => ({
  kind: 'ended',
  status,
  statusText,
});

/** Takes the code that an earlier `preauth` promised this user; it is good for one push. */
const takeVerification = (
  state: SimulatorState,
  ikey: string,
  userId: string,
  txid: string,
): Verification => {
  const verification = state.verifications.get(txid, state.now());
  if (verification?.userId !== userId || verification.ikey !== ikey) {
    throw new ProtocolError(40002, 'txid');
  }
  state.verifications.take(txid, state.now());
  return verification;
};

const attemptPasscode = (state: SimulatorState, user: User, passcode: string): Attempt => {
  if (usePasscode(state, user, passcode)) {
    clearFailures(user);
    state.emit('devices');
    return ended('allow', statusTexts.allow);
  }
  countFailure(state, user);
  return ended('deny', statusTexts.wrongPasscode);
};

/** Tries the factor for a user whom policy lets try. */
export const attemptFactor = (
  request: AuthenticationRequest,
  user: User,
  requested: RequestedFactor,
): Attempt => {
  const { state, integration } = request;
  switch (requested.kind) {
    case 'passcode':
      if (!integration.factors.includes('passcode')) {
        throw new ProtocolError(40002, 'factor');
      }
      return attemptPasscode(state, user, requested.passcode);
    case 'sms': {
      const device = chooseDevice(integration, user, requested.device, 'sms');
      const { smsBatchSize, smsExpiresInSeconds } = state.settings;
      device.smsBatch = createSmsBatch(smsBatchSize, state.now(), smsExpiresInSeconds);
      state.emit('devices');
      return ended('sent', statusTexts.sent);
    }
    case 'phone':
      return started(
        startCall(request, user, chooseDevice(integration, user, requested.device, 'phone')),
      );
    case 'push': {
      const device = chooseDevice(integration, user, requested.device, 'push');
      const verification =
        requested.txid === undefined
          ? undefined
          : takeVerification(state, integration.ikey, user.id, requested.txid);
      return started(startPush(request, user, device, verification));
    }
    case 'auto': {
      const { factor, device } = chooseAutomatic(integration, user, requested.device);
      const start = factor === 'push' ? startPush : startCall;
      return started(start({ ...request, factor }, user, device));
    }
    default:
      return requested satisfies never;
  }
};
