import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import { map } from '../../duo/plan.ts';
import { followTransaction, pollStatusOnce } from '../../duo/transaction.ts';
import { requiredText } from '../argument.ts';
import { defineCommand } from '../command.ts';
import { type CommandResult, output } from '../entry.ts';
import { waitingForUser } from '../user.ts';
import {
  pollingArguments,
  pollStatus,
  responseOutputs,
  statusContext,
  transactionKey,
  transactionOutputs,
  transactionReadable,
  transactionState,
} from './transaction.ts';

const toResult = (txid: string, response: AuthStatusResponse): CommandResult => ({
  readable: transactionReadable({ txid }, response),
  contents: response.raw,
  context: statusContext(txid, response),
});

export const duoAuthenticateStatus = defineCommand({
  name: 'duo-authenticate-status',
  description:
    'Returns the state of an authentication that was started with async or polling. Duo answers when the status changes.',
  arguments: {
    txid: requiredText('The transaction, from duo-authenticate.', { positional: true }),
    ...pollingArguments,
  },
  decides: true,
  outputs: [
    ...responseOutputs('Duo.AuthenticateStatus'),
    output('Duo.AuthenticateStatus.TxID', 'The transaction.'),
    ...transactionOutputs,
  ],
  // It sends nothing to the user, so where the server cannot wait, the command does.
  polling: { withoutScheduler: 'followed' },
  secretKeys: ['trusted_device_token'],
  waitingText: () => waitingForUser({}),
  examples: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the war room looks this value up
    '!duo-authenticate-status txid=${Duo.Transaction.TxID} polling=true',
  ],
  samples: [
    {
      args: { txid: 't-1' },
      responses: [
        {
          result: 'allow',
          status: 'allow',
          status_msg: 'Success.',
          trusted_device_token: 'token',
        },
      ],
    },
    {
      args: { txid: 't-1', polling: 'true' },
      responses: [{ result: 'waiting', status: 'pushed', status_msg: 'Pushed.' }],
      polling: 'scheduled',
    },
  ],
  plan: (values, { polling }) => {
    const { txid } = values;
    if (values.polling && polling === 'followed') {
      const follow = followTransaction(txid, { deadlineSeconds: values.timeout_in_seconds });
      return map(follow, (response) => toResult(txid, response));
    }
    const willPoll = values.polling && polling === 'scheduled';
    return map(pollStatusOnce(txid), (response) => {
      const result = toResult(txid, response);
      return willPoll && response.result === 'waiting'
        ? {
            ...result,
            // Each round would append one more AuthenticateStatus; the transaction is enough.
            context: { [transactionKey]: transactionState(txid, response) },
            poll: pollStatus(txid, values),
          }
        : result;
    });
  },
});
