import type { Transaction } from '../transactions/transaction.ts';
import type { Reply } from './reply.ts';

/**
 * What `handle` makes of a request. It does no I/O: when an answer must wait, it says for what and
 * how to go on, and the listener does the waiting.
 */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | {
      readonly kind: 'hold';
      /** Go on when this transaction changes … */
      readonly transaction?: Transaction;
      /** … or when the clock reads this, whichever comes first. */
      readonly untilMs?: number;
      readonly resume: () => Outcome;
    }
  /** Cut the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Never answer. */
  | { readonly kind: 'hang' };

/** An outcome that is ready to be sent. */
export const replied = (reply: Reply): Outcome => ({ kind: 'reply', reply });
