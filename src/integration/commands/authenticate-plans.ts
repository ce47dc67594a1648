import { type AuthParams, type AuthStarted, parseAuthStarted } from '../../duo/endpoints/auth.ts';
import { parseAuthResponse } from '../../duo/endpoints/auth-status.ts';
import { ask, chain, map, type Plan } from '../../duo/plan.ts';
import type { ApiRequest } from '../../duo/request.ts';
import { followTransaction } from '../../duo/transaction.ts';
import type { Values } from '../argument.ts';
import type { PollingStyle } from '../command.ts';
import { known } from '../context.ts';
import { escapeMarkdown, toMarkdown } from '../markdown.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { type pollingArguments, pollStatus } from '../polling-arguments.ts';
import type { CommandResult } from '../result.ts';
import { whoContext, whoTitle } from '../who.ts';
import { authResponse, transactionKey, transactionState } from './auth-context.ts';
import { authReadable } from './auth-readable.ts';
import { statusContext } from './status-context.ts';

type PollingValues = Values<typeof pollingArguments>;

const authenticateContext = (params: AuthParams, response: Record<string, unknown>) => ({
  'Duo.Authenticate': {
    Response: response,
    ...known(whoContext(params)),
    Factor: params.factor,
  },
});

const startedTransaction = (params: AuthParams, txid: string) =>
  known({ TxID: txid, Username: params.username, Factor: params.factor });

/** Wait for the user while Duo holds the reply open. */
export const authenticateNow = (request: ApiRequest, params: AuthParams): Plan<CommandResult> =>
  map(ask(request, parseAuthResponse), (reply) => ({
    readable: authReadable({ who: whoTitle(params) }, reply),
    contents: maskSecrets(reply.raw),
    context: authenticateContext(params, authResponse(reply)),
  }));

const laterSteps = (values: PollingValues, polling: PollingStyle): string[] => {
  if (values.polling && polling === 'scheduled') {
    return ['Waiting for the user.'];
  }
  const step = 'Run `duo-authenticate-status` with the transaction to learn the answer.';
  return values.polling
    ? [`This server cannot ask again by itself, so the command did not wait. ${step}`]
    : [step];
};

/** Start, and leave the answer to `duo-authenticate-status`, by hand or by the platform. */
export const authenticateLater = (
  request: ApiRequest,
  params: AuthParams,
  values: PollingValues,
  polling: PollingStyle,
): Plan<CommandResult> =>
  map(ask(request, parseAuthStarted), ({ txid, raw }) => ({
    readable: toMarkdown({
      title: `Duo authentication: ${whoTitle(params)} was asked`,
      rows: [{ Result: 'waiting', Factor: params.factor, Transaction: escapeMarkdown(txid) }],
      next: laterSteps(values, polling),
    }),
    contents: raw,
    context: {
      ...authenticateContext(params, { TxID: txid }),
      [transactionKey]: { ...startedTransaction(params, txid), Result: 'waiting', Done: false },
    },
    ...(values.polling && polling === 'scheduled' && { poll: pollStatus(txid, values) }),
  }));

/** Start and follow to the end, in a host that can wait: one result, with the context of both commands. */
export const authenticateAndFollow = (
  request: ApiRequest,
  params: AuthParams,
  values: PollingValues,
): Plan<CommandResult> => {
  const started: Plan<AuthStarted & { readonly startedAtMs: number }> = ask(request, (reply) => ({
    ...parseAuthStarted(reply),
    startedAtMs: reply.receivedAtMs,
  }));
  return chain(started, ({ txid, startedAtMs }) =>
    map(
      followTransaction(txid, { deadlineSeconds: values.timeout_in_seconds, startedAtMs }),
      (reply) => ({
        readable: authReadable({ who: whoTitle(params), txid }, reply),
        contents: maskSecrets(reply.raw),
        context: {
          ...authenticateContext(params, { TxID: txid }),
          ...statusContext(txid, reply),
          [transactionKey]: {
            ...startedTransaction(params, txid),
            ...transactionState(txid, reply),
          },
        },
      }),
    ),
  );
};
