import { decideAccess } from '../core/access-policy.ts';
import type { IntegrationConfig } from '../core/configuration.ts';
import type { User } from '../core/directory.ts';
import { ProtocolError } from '../core/error-codes.ts';
import { startEnded } from '../core/start-transaction.ts';
import { resultOf, type Transaction, type TransactionStatus } from '../core/transaction.ts';
import { authenticateUser, type StartedAuthentication } from './attempt.ts';
import { awaitChange, readDetails, txidResponse } from './auth.ts';
import {
  factorChoices,
  factorCodes,
  promptText,
  type RequestedFactor,
  readFactorCode,
} from './devices.ts';
import {
  createPortalUrl,
  type Endpoint,
  matchedName,
  readIpAddress,
  type SelectedUser,
  type SignedContext,
} from './endpoint.ts';
import { bsonSuffix, type Outcome, respondOk } from './response.ts';

/** Reads `user`, the name of `username` in version 1. */
const selectUserV1 = (context: SignedContext): SelectedUser => {
  const { state, params } = context;
  const username = matchedName(context, params.require('user'));
  return { username, user: state.directory.userByName(username) };
};

/** `phone2` is the second phone, whatever the factor. */
const codeFor = (factor: string, phone: string): string =>
  `${factor}${/^phone(\d+)$/.exec(phone)?.[1] ?? ''}`;

// duo_openvpn documents these forms without a digit: the first device with that capability.
const bareFactors = ['push', 'phone', 'sms'] as const;

const readChoice = (
  user: User | undefined,
  integration: IntegrationConfig,
  text: string,
): RequestedFactor => {
  const bare = bareFactors.find((factor) => factor === text);
  if (bare === 'push') {
    return { kind: bare, device: 'auto', txid: undefined };
  }
  return bare ? { kind: bare, device: 'auto' } : readFactorCode(user, integration, text, undefined);
};

/** Reads the factor of version 1, where `auto` carries a factor code or a passcode. */
const readFactor = (
  { params, integration }: SignedContext,
  user: User | undefined,
): RequestedFactor => {
  const factor = params.require('factor');
  switch (factor) {
    case 'auto': {
      const chosen = params.get('auto');
      return chosen === undefined || chosen === 'auto'
        ? { kind: 'auto', device: 'auto' }
        : readChoice(user, integration, chosen);
    }
    case 'push':
    case 'phone':
    case 'sms': {
      const phone = params.get('phone');
      return readChoice(user, integration, phone ? codeFor(factor, phone) : factor);
    }
    case 'passcode':
      return { kind: 'passcode', passcode: params.require('code') };
  }
  throw new ProtocolError(40002, 'factor');
};

const authView = ({ state, integration }: SignedContext, user: User): Record<string, unknown> => {
  const codes = factorCodes(user, integration);
  return {
    result: 'auth',
    prompt: promptText(user, codes, state.now()),
    factors: factorChoices(codes),
  };
};

const preauth = (context: SignedContext): Outcome => {
  const { state, integration } = context;
  const { username, user } = selectUserV1(context);
  // The verdicts of /preauth in version 2, under this version's keys.
  /* jscpd:ignore-start */
  const verdict = decideAccess({
    state,
    integration,
    user,
    ipAddress: readIpAddress(context),
    trustedDeviceToken: undefined,
  });
  switch (verdict.kind) {
    case 'authenticate':
      return respondOk(authView(context, verdict.user), 'auth');
    case 'allow':
      return respondOk({ result: 'allow', status: verdict.reason }, 'allow');
    case 'deny':
    case 'locked_out':
      return respondOk({ result: 'deny', status: verdict.reason }, 'deny');
    /* jscpd:ignore-end */
    case 'enroll': {
      const status = `Enroll an authentication device: ${createPortalUrl(context, username)}`;
      return respondOk({ result: 'enroll', status }, 'enroll');
    }
  }
};

const statusResponse = (status: TransactionStatus, text: string): Outcome => {
  const result = resultOf(status);
  const response = result === 'waiting' ? { status: text } : { result, status: text };
  return respondOk(response, `${result}/${status}`);
};

const report = (_context: SignedContext, { status, statusText }: Transaction): Outcome =>
  statusResponse(status, statusText);

const awaitEnd = (transaction: Transaction): Outcome => {
  const { isFinal, status, statusText } = transaction;
  if (isFinal) {
    return statusResponse(status, statusText);
  }
  return { kind: 'hold', transaction, resume: () => awaitEnd(transaction) };
};

const toOutcome = ({ request, attempt }: StartedAuthentication, isAsync: boolean): Outcome => {
  if (attempt.kind === 'started') {
    return isAsync ? txidResponse(attempt.transaction) : awaitEnd(attempt.transaction);
  }
  const { status, statusText } = attempt;
  return isAsync
    ? txidResponse(startEnded(request, status, statusText))
    : statusResponse(status, statusText);
};

const auth = (context: SignedContext): Outcome => {
  // The steps of /auth in version 2, with this version's user and outcome.
  /* jscpd:ignore-start */
  const selected = selectUserV1(context);
  const requested = readFactor(context, selected.user);
  const isAsync = context.params.flag('async');
  const details = readDetails(context, selected.username);
  return toOutcome(authenticateUser(context, selected, requested, details), isAsync);
  /* jscpd:ignore-end */
};

type SignedEndpoint = Extract<Endpoint, { isSigned: true }>;

const inEveryForm = (endpoint: SignedEndpoint): Endpoint[] =>
  ['', '.json', bsonSuffix].map((suffix) => ({ ...endpoint, path: `${endpoint.path}${suffix}` }));

const status = (context: SignedContext): Outcome => awaitChange(context, report);

const table: readonly SignedEndpoint[] = [
  { name: 'preauth', path: '/rest/v1/preauth', method: 'POST', isSigned: true, run: preauth },
  { name: 'auth', path: '/rest/v1/auth', method: 'POST', isSigned: true, run: auth },
  { name: 'auth_status', path: '/rest/v1/status', method: 'GET', isSigned: true, run: status },
];

/**
 * `preauth`, `auth` and `status` of version 1, which duo_unix before 2.0.4 and duo_openvpn use. A path
 * that ends in `.bson` asks for the response in BSON.
 */
export const restV1Endpoints: readonly Endpoint[] = table.flatMap(inEveryForm);
