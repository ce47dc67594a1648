import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import { type ArgumentValues, flag, wholeNumber } from '../argument.ts';
import { type EntryContext, known, type Output, output, type Poll } from '../entry.ts';
import type { Readable, Sentence } from '../readable.ts';

/** The arguments of a command that can wait for the user. */
export const pollingArguments = {
  polling: flag('Wait for the answer of the user, without holding up the server.'),
  interval_in_seconds: wholeNumber('How often the server asks again, in seconds.', {
    least: 1,
    most: 600,
    defaultValue: 10,
  }),
  timeout_in_seconds: wholeNumber('How long to wait for the user, in seconds.', {
    least: 1,
    most: 3600,
    defaultValue: 90,
  }),
};

/** The values of {@link pollingArguments}. */
export type PollingValues = ArgumentValues<typeof pollingArguments>;

/** Let the server run `duo-authenticate-status` again for this transaction. */
export const pollStatus = (txid: string, values: PollingValues): Poll => ({
  command: 'duo-authenticate-status',
  args: {
    txid,
    polling: 'true',
    interval_in_seconds: String(values.interval_in_seconds),
    timeout_in_seconds: String(values.timeout_in_seconds),
  },
  intervalSeconds: values.interval_in_seconds,
  timeoutSeconds: values.timeout_in_seconds,
});

const transaction = 'Duo.Transaction';

/** One object a transaction, updated in place: what a playbook branches on. */
export const transactionKey = `${transaction}(val.TxID && val.TxID == obj.TxID)`;

/** What `duo-authenticate-status` writes of a transaction; Duo does not repeat who was asked. */
export const transactionOutputs: readonly Output[] = [
  output(`${transaction}.TxID`, 'The transaction.'),
  output(`${transaction}.Result`, 'allow, deny or waiting.'),
  output(`${transaction}.Status`, "Duo's machine-readable status."),
  output(`${transaction}.StatusMessage`, "Duo's words on the status."),
  output(`${transaction}.Done`, 'Whether the result is final.', 'Boolean'),
];

/** What `duo-authenticate` writes besides. */
export const startedOutputs: readonly Output[] = [
  output(`${transaction}.Username`, 'The user it is about.'),
  output(`${transaction}.Factor`, 'The factor that was asked for.'),
];

/** The outputs of an answer under `Response`. */
export const responseOutputs = (root: string): readonly Output[] => [
  output(`${root}.Response.Result`, 'allow, deny or waiting.'),
  output(
    `${root}.Response.Status`,
    'allow, bypass, deny, timeout, fraud, locked_out, sent, calling, answered, pushed or push_failed.',
  ),
  output(`${root}.Response.StatusMessage`, "Duo's words on the status."),
  output(
    `${root}.Response.TrustedDeviceToken`,
    'Token of the remembered device, for a later duo-preauth. A secret.',
  ),
];

/** The `Response` part for an answer. */
export const responseContext = (response: AuthStatusResponse): Record<string, unknown> =>
  known({
    Result: response.result,
    Status: response.status,
    StatusMessage: response.statusMessage,
    TrustedDeviceToken: response.result === 'allow' ? response.trustedDeviceToken : undefined,
  });

/** The transaction after an answer. */
export const transactionState = (
  txid: string,
  response: AuthStatusResponse,
): Record<string, unknown> => ({
  TxID: txid,
  Result: response.result,
  Status: response.status,
  StatusMessage: response.statusMessage,
  Done: response.result !== 'waiting',
});

/** What an answer to `duo-authenticate-status` writes. */
export const statusContext = (txid: string, response: AuthStatusResponse): EntryContext => ({
  'Duo.AuthenticateStatus': { Response: responseContext(response), TxID: txid },
  [transactionKey]: transactionState(txid, response),
});

interface Verdict {
  readonly verdict: string;
  readonly next: readonly Sentence[];
}

const doNotAdmit = 'Do not let the user in.';

const denials: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['timeout', { verdict: 'did not answer in time', next: [doNotAdmit] }],
  [
    'fraud',
    {
      verdict: 'reported the request as fraud',
      next: [doNotAdmit, 'Somebody else may have the password: treat the account as under attack.'],
    },
  ],
  [
    'locked_out',
    { verdict: 'is locked out', next: [doNotAdmit, 'A Duo administrator can unlock the account.'] },
  ],
  [
    'sent',
    {
      verdict: 'was sent new passcodes by text message',
      next: [
        [
          'Ask the user for a passcode, then run ',
          { code: 'duo-authenticate' },
          ' with factor passcode.',
        ],
      ],
    },
  ],
]);

const verdictOf = (response: AuthStatusResponse): Verdict => {
  switch (response.result) {
    case 'allow':
      return response.status === 'bypass'
        ? { verdict: 'was let in without a second factor', next: [] }
        : { verdict: 'was let in', next: [] };
    case 'deny':
      return denials.get(response.status) ?? { verdict: 'was denied', next: [doNotAdmit] };
    case 'waiting':
      return {
        verdict: 'has not answered yet',
        next: [
          [
            'The user is not let in yet. Run ',
            { code: 'duo-authenticate-status' },
            ' with the transaction to ask again.',
          ],
        ],
      };
  }
};

/** An answer for an analyst: the verdict, why, and what to do next. */
export const transactionReadable = (
  subject: { readonly user?: string | undefined; readonly txid?: string | undefined },
  response: AuthStatusResponse,
): Readable => {
  const { verdict, next } = verdictOf(response);
  return {
    title: `Duo authentication: ${subject.user ?? 'the user'} ${verdict}`,
    rows: [
      {
        Result: response.result,
        Status: response.status,
        "Duo's message": response.statusMessage,
        Transaction: subject.txid,
      },
    ],
    next,
  };
};
