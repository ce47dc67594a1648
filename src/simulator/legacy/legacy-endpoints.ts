import { decideAccess } from '../directory/gate.ts';
import type { User } from '../directory/user.ts';
import { answerTxid } from '../endpoints/auth.ts';
import { readDetails } from '../endpoints/auth-request.ts';
import { awaitChange } from '../endpoints/auth-status.ts';
import { authenticateUser, type StartedAuthentication } from '../endpoints/authenticate-user.ts';
import type { Endpoint, SignedContext } from '../endpoints/context.ts';
import { factorChoices, factorCodes, promptText } from '../endpoints/factor-codes.ts';
import { createPortalUrl, readIpAddress } from '../endpoints/select-user.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import { startEnded } from '../transactions/start-transaction.ts';
import { resultOf, type TransactionStatus } from '../transactions/status.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { readLegacyFactor, selectLegacyUser } from './legacy-request.ts';

// Version 1 of the API, which duo_unix up to 2.0.3 speaks: JSON only, not its BSON form.

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
  const { username, user } = selectLegacyUser(context);
  const verdict = decideAccess({
    state,
    integration,
    user,
    ipAddress: readIpAddress(context),
    trustedDeviceToken: undefined,
  });
  switch (verdict.kind) {
    case 'authenticate':
      return replied(okReply(authView(context, verdict.user), 'auth'));
    case 'allow':
      return replied(okReply({ result: 'allow', status: verdict.reason }, 'allow'));
    case 'deny':
    case 'locked_out':
      return replied(okReply({ result: 'deny', status: verdict.reason }, 'deny'));
    case 'enroll': {
      const status = `Enroll an authentication device: ${createPortalUrl(context, username)}`;
      return replied(okReply({ result: 'enroll', status }, 'enroll'));
    }
    default:
      return verdict satisfies never;
  }
};

const standing = (status: TransactionStatus, text: string): Outcome => {
  const result = resultOf(status);
  const response = result === 'waiting' ? { status: text } : { result, status: text };
  return replied(okReply(response, `${result}/${status}`));
};

const report = (_context: SignedContext, { status, statusText }: Transaction): Outcome =>
  standing(status, statusText);

const awaitEnd = (transaction: Transaction): Outcome => {
  const { isFinal, status, statusText } = transaction;
  if (isFinal) {
    return standing(status, statusText);
  }
  return { kind: 'hold', transaction, resume: () => awaitEnd(transaction) };
};

const answer = ({ request, attempt }: StartedAuthentication, isAsync: boolean): Outcome => {
  if (attempt.kind === 'started') {
    return isAsync ? answerTxid(attempt.transaction) : awaitEnd(attempt.transaction);
  }
  const { status, statusText } = attempt;
  return isAsync
    ? answerTxid(startEnded(request, status, statusText))
    : standing(status, statusText);
};

const auth = (context: SignedContext): Outcome => {
  const selected = selectLegacyUser(context);
  const requested = readLegacyFactor(context, selected.user);
  const isAsync = context.params.flag('async');
  const details = readDetails(context, selected.username);
  return answer(authenticateUser(context, selected, requested, details), isAsync);
};

type SignedEndpoint = Extract<Endpoint, { isSigned: true }>;

const inBothForms = (endpoint: SignedEndpoint): Endpoint[] => [
  endpoint,
  { ...endpoint, path: `${endpoint.path}.json` },
];

const status = (context: SignedContext): Outcome => awaitChange(context, report);

const table: readonly SignedEndpoint[] = [
  { name: 'preauth', path: '/rest/v1/preauth', method: 'POST', isSigned: true, run: preauth },
  { name: 'auth', path: '/rest/v1/auth', method: 'POST', isSigned: true, run: auth },
  { name: 'auth_status', path: '/rest/v1/status', method: 'GET', isSigned: true, run: status },
];

/** `preauth`, `auth` and `status` of version 1, with and without `.json`. */
export const legacyEndpoints: readonly Endpoint[] = table.flatMap(inBothForms);
