import { compareWithDuo, createClockSkew, withClockCorrection } from '../../duo/clock.ts';
import { type ConnectionSettings, timeoutMsOf } from '../../duo/connection-settings.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import type { Plan } from '../../duo/plan.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import { withRetry } from '../../duo/retry.ts';
import type { Transport } from './http.ts';
import type { Server } from './server.ts';

/** A plan on Duo's clock, repeated where that does no harm. */
export const withDelivery = <T>(
  plan: Plan<T>,
  settings: ConnectionSettings,
  { now, logDebug }: Pick<Server, 'now' | 'logDebug'>,
): Plan<T> => {
  const clock = createClockSkew((offset) => {
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
    onRetry: ({ request, reason, waitSeconds }) => {
      const when = `in ${Math.round(waitSeconds)} s`;
      logDebug(`Duo Auth API: /${request.endpoint} is sent again ${when} (${reason}).`);
    },
  });
};

const ask = <T>(
  { send, next, onFailure }: Extract<Plan<T>, { send: ApiRequest }>,
  transport: Transport,
): Plan<T> => {
  let response: ApiResponse;
  try {
    response = transport(send);
  } catch (error) {
    if (error instanceof NetworkError && onFailure !== undefined) {
      return onFailure(error);
    }
    throw error;
  }
  return next(response);
};

/**
 * Run a plan to its end, one step after the other: the server's engine is synchronous.
 *
 * @throws {@link DuoError}
 */
export const drive = <T>(plan: Plan<T>, transport: Transport, wait: Server['wait']): T => {
  let current = plan;
  while (!('done' in current)) {
    if ('send' in current) {
      current = ask(current, transport);
    } else {
      if ('waitSeconds' in current) {
        wait(current.waitSeconds);
      }
      current = current.next();
    }
  }
  return current.done;
};
