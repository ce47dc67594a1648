import { issueTrustedDeviceToken } from '../core/access-policy.ts';
import type { IntegrationConfig } from '../core/configuration.ts';
import type { User } from '../core/directory.ts';
import { ProtocolError } from '../core/error-codes.ts';
import { type AuthenticationRequest, startEnded } from '../core/start-transaction.ts';
import type { SimulatorState } from '../core/state.ts';
import {
  resultOf,
  type Transaction,
  type TransactionDetails,
  type TransactionStatus,
} from '../core/transaction.ts';
import { authenticateUser, type StartedAuthentication } from './attempt.ts';
import { type RequestedFactor, readFactorCode } from './devices.ts';
import {
  type Endpoint,
  findTransaction,
  readIpAddress,
  type SignedContext,
  selectUser,
} from './endpoint.ts';
import { parseForm } from './request.ts';
import { type Outcome, respondOk } from './response.ts';

/** The current status of an authentication. */
export interface AuthProgress {
  readonly state: SimulatorState;
  readonly integration: IntegrationConfig;
  readonly userId: string;
  readonly status: TransactionStatus;
  readonly statusText: string;
}

const trustedDeviceView = (progress: AuthProgress): Record<string, unknown> => {
  const { state, integration, userId, status } = progress;
  if (status !== 'allow' || integration.rememberDevicesHours === 0) {
    return {};
  }
  const expiresAtSeconds = state.nowSeconds() + Math.round(integration.rememberDevicesHours * 3600);
  return {
    trusted_device_token: issueTrustedDeviceToken(
      state.trustedDeviceKey,
      integration.ikey,
      userId,
      expiresAtSeconds,
    ),
  };
};

/** The response of `auth` and, with `extra`, of `auth_status`. */
const progressResponse = (progress: AuthProgress, extra: Record<string, unknown> = {}): Outcome => {
  const result = resultOf(progress.status);
  const response = {
    ...extra,
    result,
    status: progress.status,
    status_msg: progress.statusText,
    ...trustedDeviceView(progress),
  };
  return respondOk(response, `${result}/${progress.status}`);
};

const reportV2 = (context: SignedContext, transaction: Transaction): Outcome => {
  const { state, integration } = context;
  const { status, statusText, start } = transaction;
  return progressResponse(
    { state, integration, userId: start.userId, status, statusText },
    { auth_delayed: false },
  );
};

/** Builds the response; version 1 of the API has its own form. */
export type Report = (context: SignedContext, transaction: Transaction) => Outcome;

/** Each poll remembers the revision it began with, so that concurrent polls all see a change. */
const poll = (
  context: SignedContext,
  transaction: Transaction,
  report: Report,
  seenRevision: number,
  untilMs: number,
): Outcome => {
  const isOver = context.state.now() >= untilMs;
  if (isOver && context.state.settings.longPollExpiry === 'error' && !transaction.isFinal) {
    throw new ProtocolError(40002, 'txid');
  }
  if (isOver || transaction.isFinal || transaction.revision > seenRevision) {
    transaction.reportedRevision = transaction.revision;
    return report(context, transaction);
  }
  const resume = () => poll(context, transaction, report, seenRevision, untilMs);
  return { kind: 'hold', transaction, untilMs, resume };
};

/** Waits for the next change of the transaction `txid`, and reports it. */
export const awaitChange = (context: SignedContext, report: Report): Outcome => {
  const { state, params } = context;
  const transaction = findTransaction(context, params.require('txid'));
  const { firstPollReturnsAtOnce, longPollSeconds } = state.settings;
  const unreported = firstPollReturnsAtOnce ? 0 : 1;
  const seenRevision = Math.max(transaction.reportedRevision, unreported);
  return poll(context, transaction, report, seenRevision, state.now() + longPollSeconds * 1000);
};

/**
 * `/auth_status`: waits for the next change of a transaction (long poll).
 *
 * @see Duo Auth API, "Endpoints", "/auth_status": https://duo.com/docs/authapi#/auth_status
 */
export const authStatus: Endpoint = {
  name: 'auth_status',
  path: '/auth/v2/auth_status',
  method: 'GET',
  isSigned: true,
  run: (context) => awaitChange(context, reportV2),
};

const longestPushInfoBytes = 20_000;

/** @throws ProtocolError 40001 or 40002 when the factor and its parameters do not match. */
export const readFactor = (
  { params, integration }: SignedContext,
  user: User | undefined,
): RequestedFactor => {
  const factor = params.require('factor');
  switch (factor) {
    case 'auto':
      return { kind: factor, device: params.get('device') ?? 'auto' };
    case 'push':
      return { kind: factor, device: params.require('device'), txid: params.get('txid') };
    case 'phone':
    case 'sms':
      return { kind: factor, device: params.require('device') };
    case 'passcode': {
      const passcode = params.require('passcode');
      if (params.get('device') !== undefined) {
        throw new ProtocolError(40002, 'device');
      }
      return { kind: factor, passcode };
    }
    case 'prompt':
      return readFactorCode(user, integration, params.require('prompt'), params.get('txid'));
  }
  throw new ProtocolError(40002, 'factor');
};

const readPushInfo = ({ params }: SignedContext): TransactionDetails['pushInfo'] => {
  const text = params.get('pushinfo');
  if (text === undefined) {
    return [];
  }
  const pairs = Buffer.byteLength(text) < longestPushInfoBytes ? parseForm(text) : undefined;
  const isWellFormed = text.split('&').every((part) => part.indexOf('=') > 0);
  if (!pairs || !isWellFormed) {
    throw new ProtocolError(40002, 'pushinfo');
  }
  return pairs.map(([name, value]) => ({ name, value }));
};

/** Reads what the phone shows. */
export const readDetails = (context: SignedContext, username: string): TransactionDetails => {
  const { params, integration } = context;
  return {
    application: integration.name,
    title: params.get('type') ?? 'Login request',
    displayUsername: params.get('display_username') ?? username,
    ipAddress: readIpAddress(context),
    hostname: params.get('hostname'),
    pushInfo: readPushInfo(context),
  };
};

/** Holds the response until the transaction ends. */
const awaitEnd = (request: AuthenticationRequest, transaction: Transaction): Outcome => {
  if (transaction.isFinal) {
    const { status, statusText } = transaction;
    return progressResponse({ ...request, status, statusText });
  }
  return { kind: 'hold', transaction, resume: () => awaitEnd(request, transaction) };
};

/** The response that names the transaction to poll. */
export const txidResponse = (transaction: Transaction): Outcome =>
  respondOk({ txid: transaction.start.txid }, `started/${transaction.start.factor}`);

const toOutcome = ({ request, attempt }: StartedAuthentication, isAsync: boolean): Outcome => {
  if (attempt.kind === 'started') {
    return isAsync ? txidResponse(attempt.transaction) : awaitEnd(request, attempt.transaction);
  }
  const { status, statusText } = attempt;
  return isAsync
    ? txidResponse(startEnded(request, status, statusText))
    : progressResponse({ ...request, status, statusText });
};

/**
 * `/auth`: authenticates a user with a second factor.
 *
 * @see Duo Auth API, "Endpoints", "/auth": https://duo.com/docs/authapi#/auth
 */
export const auth: Endpoint = {
  name: 'auth',
  path: '/auth/v2/auth',
  method: 'POST',
  isSigned: true,
  run(context) {
    const selected = selectUser(context);
    const requested = readFactor(context, selected.user);
    const isAsync = context.params.flag('async');
    const details = readDetails(context, selected.username);
    return toOutcome(authenticateUser(context, selected, requested, details), isAsync);
  },
};
