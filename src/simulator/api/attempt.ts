import { clearFailures, countFailure, decideAccess, type Verdict } from '../core/access-policy.ts';
import { createSmsBatch } from '../core/device.ts';
import type { User } from '../core/directory.ts';
import { ProtocolError } from '../core/error-codes.ts';
import { usePasscode } from '../core/passcode.ts';
import { type AuthenticationRequest, startCall, startPush } from '../core/start-transaction.ts';
import type { SimulatorState, Verification } from '../core/state.ts';
import {
  statusTexts,
  type Transaction,
  type TransactionDetails,
  type TransactionStatus,
} from '../core/transaction.ts';
import { limitRate } from './authenticate.ts';
import { chooseAutomatic, chooseDevice, type RequestedFactor } from './devices.ts';
import type { SelectedUser, SignedContext } from './endpoint.ts';

/** An attempt ends at once, or starts a transaction. */
export type Attempt =
  | { readonly kind: 'ended'; readonly status: TransactionStatus; readonly statusText: string }
  | { readonly kind: 'started'; readonly transaction: Transaction };

const started = (transaction: Transaction): Attempt => ({ kind: 'started', transaction });

const ended = (status: TransactionStatus, statusText: string): Attempt => ({
  kind: 'ended',
  status,
  statusText,
});

/** Takes the verified push of the preceding `preauth`, which is valid once. */
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
  switch (usePasscode(state, user, passcode)) {
    case 'accepted':
      clearFailures(user);
      state.emit('devices');
      return ended('allow', statusTexts.allow);
    case 'used':
      countFailure(state, user);
      return ended('deny', statusTexts.usedPasscode);
    case 'wrong':
      countFailure(state, user);
      return ended('deny', statusTexts.wrongPasscode);
  }
};

/** Attempts the factor, for a user whom policy lets authenticate. */
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
  }
};

/** An authentication with the result of its attempt. */
export interface StartedAuthentication {
  readonly request: AuthenticationRequest;
  readonly attempt: Attempt;
}

const attempt = (
  verdict: Verdict,
  request: AuthenticationRequest,
  requested: RequestedFactor,
): Attempt => {
  switch (verdict.kind) {
    case 'authenticate':
      return attemptFactor(request, verdict.user, requested);
    case 'allow':
      return { kind: 'ended', status: 'bypass', statusText: verdict.reason };
    case 'deny':
    case 'locked_out':
      return { kind: 'ended', status: verdict.kind, statusText: verdict.reason };
    case 'enroll':
      if (request.userId === '' && request.state.settings.unknownUserOnAuth === 'error') {
        throw new ProtocolError(40002, 'username');
      }
      return {
        kind: 'ended',
        status: 'deny',
        statusText: 'Enroll an authentication device to proceed',
      };
  }
};

/** Evaluates policy again, since it may have changed after `preauth`, and attempts the factor. */
export const authenticateUser = (
  { state, integration }: SignedContext,
  { username, user }: SelectedUser,
  requested: RequestedFactor,
  details: TransactionDetails,
): StartedAuthentication => {
  limitRate(state, `user:${user?.id ?? username}`, state.settings.authsPerUserPerMinute);
  const verdict = decideAccess({
    state,
    integration,
    user,
    ipAddress: details.ipAddress,
    trustedDeviceToken: undefined,
  });
  const request: AuthenticationRequest = {
    state,
    integration,
    userId: user?.id ?? '',
    factor: requested.kind === 'auto' ? 'push' : requested.kind,
    details,
  };
  return { request, attempt: attempt(verdict, request, requested) };
};
