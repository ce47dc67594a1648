import type { Outcome } from './outcome.ts';
import type { Reply } from './reply.ts';

/** Changes the reply that an outcome comes to, now or after it was held. */
export const mapOutcome = (outcome: Outcome, change: (reply: Reply) => Outcome): Outcome => {
  switch (outcome.kind) {
    case 'reply':
      return change(outcome.reply);
    case 'hold':
      return { ...outcome, resume: () => mapOutcome(outcome.resume(), change) };
    case 'reset':
    case 'hang':
      return outcome;
    default:
      return outcome satisfies never;
  }
};
