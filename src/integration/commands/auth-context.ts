import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import type { Output } from '../command.ts';
import { known } from '../context.ts';
import { stringOutput } from '../outputs.ts';

const transaction = 'Duo.Transaction';

/** One object a transaction, brought up to date in place: what a playbook branches on. */
export const transactionKey = `${transaction}(val.TxID && val.TxID == obj.TxID)`;

/** What both authenticate commands write of a transaction. */
export const transactionOutputs: readonly Output[] = [
  stringOutput(`${transaction}.TxID`, 'The transaction.'),
  stringOutput(`${transaction}.Username`, 'The user it is about.'),
  stringOutput(`${transaction}.Factor`, 'The factor that was asked for.'),
  stringOutput(`${transaction}.Result`, 'allow, deny or waiting.'),
  stringOutput(`${transaction}.Status`, "Duo's machine-readable status."),
  stringOutput(`${transaction}.StatusMessage`, "Duo's words on the status."),
  {
    contextPath: `${transaction}.Done`,
    type: 'Boolean',
    description: 'Whether the result is final.',
  },
];

/** The outputs of an answer under `Response`. */
export const responseOutputs = (root: string): readonly Output[] => [
  stringOutput(`${root}.Response.Result`, 'allow, deny or waiting.'),
  stringOutput(
    `${root}.Response.Status`,
    'allow, bypass, deny, timeout, fraud, locked_out, sent, calling, answered, pushed or push_failed.',
  ),
  stringOutput(`${root}.Response.StatusMessage`, "Duo's words on the status."),
  stringOutput(
    `${root}.Response.TrustedDeviceToken`,
    'Token of the remembered device, for a later duo-preauth. A secret.',
  ),
];

/** The `Response` part for an answer. */
export const authResponse = (reply: AuthStatusResponse): Record<string, unknown> =>
  known({
    Result: reply.result,
    Status: reply.status,
    StatusMessage: reply.statusMessage,
    TrustedDeviceToken: reply.result === 'allow' ? reply.trustedDeviceToken : undefined,
  });

/** The transaction after an answer. */
export const transactionState = (
  txid: string,
  reply: AuthStatusResponse,
): Record<string, unknown> => ({
  TxID: txid,
  Result: reply.result,
  Status: reply.status,
  StatusMessage: reply.statusMessage,
  Done: reply.result !== 'waiting',
});
