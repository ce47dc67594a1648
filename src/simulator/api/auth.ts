import { ProtocolError } from '../core/error-codes.ts';
import { type AuthenticationRequest, startEnded } from '../core/start-transaction.ts';
import type { Transaction, TransactionDetails } from '../core/transaction.ts';
import type { User } from '../core/user.ts';
import { authenticateUser, type StartedAuthentication } from './attempt.ts';
import { progressResponse } from './auth-status.ts';
import { type Endpoint, readIpAddress, type SignedContext, selectUser } from './endpoint.ts';
import { type RequestedFactor, readFactorCode } from './factor-codes.ts';
import { parseForm } from './request.ts';
import { type Outcome, respondOk } from './response.ts';

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

/** `/auth`: authenticates a user with a second factor. */
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
