import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import { escapeMarkdown, toMarkdown } from '../markdown.ts';

interface Words {
  readonly verdict: string;
  readonly next: readonly string[];
}

const doNotLetIn = 'Do not let the user in.';

const denials: ReadonlyMap<string, Words> = new Map([
  ['deny', { verdict: 'was refused', next: [doNotLetIn] }],
  ['timeout', { verdict: 'did not answer in time', next: [doNotLetIn] }],
  [
    'fraud',
    {
      verdict: 'reported the request as fraud',
      next: [doNotLetIn, 'Somebody else may have the password: treat the account as under attack.'],
    },
  ],
  [
    'locked_out',
    {
      verdict: 'is locked out',
      next: [doNotLetIn, 'A Duo administrator can unlock the account.'],
    },
  ],
  [
    'sent',
    {
      verdict: 'was sent new passcodes by text message',
      next: ['Ask the user for a passcode, then run `duo-authenticate` with factor passcode.'],
    },
  ],
]);

const wordsFor = (reply: AuthStatusResponse): Words => {
  switch (reply.result) {
    case 'allow':
      return reply.status === 'bypass'
        ? { verdict: 'was let in without a second factor', next: [] }
        : { verdict: 'was let in', next: [] };
    case 'deny':
      return denials.get(reply.status) ?? { verdict: 'was refused', next: [doNotLetIn] };
    case 'waiting':
      return {
        verdict: 'has not answered yet',
        next: [
          'Nobody has been let in yet. Run `duo-authenticate-status` with the transaction to ask again.',
        ],
      };
  }
};

/** An answer for an analyst: the verdict, why, and what to do next. */
export const authReadable = (
  subject: { readonly who?: string | undefined; readonly txid?: string | undefined },
  reply: AuthStatusResponse,
): string => {
  const { verdict, next } = wordsFor(reply);
  return toMarkdown({
    title: `Duo authentication: ${subject.who ?? 'the user'} ${verdict}`,
    rows: [
      {
        Result: reply.result,
        Status: escapeMarkdown(reply.status),
        "Duo's message": escapeMarkdown(reply.statusMessage),
        Transaction: subject.txid && escapeMarkdown(subject.txid),
      },
    ],
    next,
  });
};
