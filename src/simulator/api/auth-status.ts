import { issueTrustedDeviceToken } from '../core/access-policy.ts';
import type { IntegrationConfig } from '../core/configuration.ts';
import type { SimulatorState } from '../core/state.ts';
import { resultOf, type Transaction, type TransactionStatus } from '../core/transaction.ts';
import { type Endpoint, findTransaction, type SignedContext } from './endpoint.ts';
import { failResponse, type Outcome, respondOk } from './response.ts';

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
  const expiresAtSeconds = state.nowSeconds() + integration.rememberDevicesHours * 3600;
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
export const progressResponse = (
  progress: AuthProgress,
  extra: Record<string, unknown> = {},
): Outcome => {
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
    return { kind: 'response', response: failResponse(40002, 'txid') };
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

/** `/auth_status`: waits for the next change of a transaction (long poll). */
export const authStatus: Endpoint = {
  name: 'auth_status',
  path: '/auth/v2/auth_status',
  method: 'GET',
  isSigned: true,
  run: (context) => awaitChange(context, reportV2),
};
