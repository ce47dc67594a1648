import { NetworkError } from '../../duo/errors/network-error.ts';
import type { Plan } from '../../duo/plan.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import type { Server } from './server.ts';
import type { Transport } from './transport.ts';

const ask = <T>(
  { send, next, onFailure }: Extract<Plan<T>, { send: ApiRequest }>,
  transport: Transport,
): Plan<T> => {
  let reply: ApiResponse;
  try {
    reply = transport(send);
  } catch (error) {
    if (error instanceof NetworkError && onFailure !== undefined) {
      return onFailure(error);
    }
    throw error;
  }
  return next(reply);
};

/**
 * Run a plan to its end, one step after the other: the server's engine knows no other way.
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
