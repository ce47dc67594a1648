import { compareWithDuo, createDuoClock, withClockCorrection } from '../../duo/clock.ts';
import type { Plan } from '../../duo/plan.ts';
import { withRetry } from '../../duo/retry.ts';
import type { Settings } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import type { Server } from './server.ts';

/** A plan made to last: on Duo's time, and repeated where that does no harm. */
export const deliver = <T>(
  plan: Plan<T>,
  settings: Settings,
  { now, logDebug }: Pick<Server, 'now' | 'logDebug'>,
): Plan<T> => {
  const clock = createDuoClock((offset) => {
    logDebug(`Duo Auth API: the clock of the server is ${compareWithDuo(offset)}.`);
  });
  let requests = 0;
  return withRetry(withClockCorrection(plan, clock), {
    random: Math.random,
    elapsedMs: now,
    timeoutMsOf: (request) => timeoutMsOf(request, settings),
    nextId: () => {
      requests += 1;
      return String(requests);
    },
    onRepeat: ({ request, why, waitSeconds }) => {
      const when = `in ${Math.round(waitSeconds)} s`;
      logDebug(`Duo Auth API: /${request.endpoint} is sent again ${when} (${why}).`);
    },
  });
};
