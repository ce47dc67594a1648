import { createClockSkew, withClockCorrection } from '../../duo/clock.ts';
import { type ConnectionSettings, timeoutMsOf } from '../../duo/connection-settings.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import type { Plan, SendStep } from '../../duo/plan.ts';
import type { ApiResponse } from '../../duo/request.ts';
import { withRetry } from '../../duo/retry.ts';
import type { Transport } from './http.ts';
import type { Server } from './server.ts';

/** A plan on Duo's clock, repeated where that does no harm. */
export const withDelivery = <T>(
  plan: Plan<T>,
  settings: ConnectionSettings,
  { logDebug }: Pick<Server, 'logDebug'>,
): Plan<T> => {
  const skew = createClockSkew((sentence) => logDebug(`Duo Auth API: ${sentence}`));
  let requests = 0;
  return withRetry(withClockCorrection(plan, skew), {
    random: Math.random,
    timeoutMsOf: (request) => timeoutMsOf(request, settings),
    nextId: () => {
      requests += 1;
      return String(requests);
    },
    onRetry: ({ request, reason, waitSeconds }) => {
      const when = `in ${Math.round(waitSeconds)} s`;
      logDebug(`Duo Auth API: /${request.endpoint} is to be sent again ${when} (${reason}).`);
    },
  });
};

const ask = <T>({ send, next, onFailure }: SendStep<T>, transport: Transport): Plan<T> => {
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

/** Did the time pass? Some servers have no `wait`, and it may fail as anything of theirs may. */
const pass = (seconds: number, wait: Server['wait']): boolean => {
  try {
    wait(seconds);
    return true;
  } catch {
    return false;
  }
};

/**
 * Run a plan to its end, one step after the other: the server's engine is synchronous.
 *
 * @throws {@link DuoError}
 */
export const drive = <T>(
  plan: Plan<T>,
  transport: Transport,
  { wait, now }: Pick<Server, 'wait' | 'now'>,
): T => {
  let current = plan;
  while (!('done' in current)) {
    if ('send' in current) {
      current = ask(current, transport);
    } else if ('readClock' in current) {
      current = current.readClock(now());
    } else if ('waitSeconds' in current) {
      const { waitSeconds, next, onFailure = next } = current;
      current = pass(waitSeconds, wait) ? next() : onFailure();
    } else {
      current = current.next();
    }
  }
  return current.done;
};
