import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import { map } from '../../duo/plan.ts';
import { followTransaction, pollStatusOnce } from '../../duo/transaction.ts';
import { requiredText } from '../argument.ts';
import { defineCommand } from '../define-command.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { stringOutput } from '../outputs.ts';
import { pollingArguments, pollStatus } from '../polling-arguments.ts';
import type { CommandResult } from '../result.ts';
import {
  responseOutputs,
  transactionKey,
  transactionOutputs,
  transactionState,
} from './auth-context.ts';
import { authReadable } from './auth-readable.ts';
import { statusContext } from './status-context.ts';

const toResult = (txid: string, reply: AuthStatusResponse): CommandResult => ({
  readable: authReadable({ txid }, reply),
  contents: maskSecrets(reply.raw),
  context: statusContext(txid, reply),
});

export const duoAuthenticateStatus = defineCommand({
  name: 'duo-authenticate-status',
  description:
    'Tells where an authentication stands that was started with async or polling. Duo answers when the status changes.',
  arguments: {
    txid: requiredText('The transaction, from duo-authenticate.', { positional: true }),
    ...pollingArguments,
  },
  outputs: [
    ...responseOutputs('Duo.AuthenticateStatus'),
    stringOutput('Duo.AuthenticateStatus.TxID', 'The transaction.'),
    // Who was asked, and how, is not in Duo's answer.
    ...transactionOutputs.filter(({ contextPath }) => !/\.(?:Username|Factor)$/.test(contextPath)),
  ],
  polling: true,
  plan: (values, { polling }) => {
    const { txid } = values;
    if (values.polling && polling === 'followed') {
      const follow = followTransaction(txid, { deadlineSeconds: values.timeout_in_seconds });
      return map(follow, (reply) => toResult(txid, reply));
    }
    const willPoll = values.polling && polling === 'scheduled';
    return map(pollStatusOnce(txid), (reply) => {
      const result = toResult(txid, reply);
      return willPoll && reply.result === 'waiting'
        ? {
            ...result,
            // Each round would append one more AuthenticateStatus; the transaction is enough.
            context: { [transactionKey]: transactionState(txid, reply) },
            poll: pollStatus(txid, values),
          }
        : result;
    });
  },
});
