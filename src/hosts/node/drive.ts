import { CancelledError, NetworkError } from '../../duo/errors/network-error.ts';
import type { Plan, Progress } from '../../duo/plan.ts';
import type { ApiRequest, ApiResponse, Endpoint } from '../../duo/request.ts';
import { onAbort } from './on-abort.ts';

/** Sends one request, dated and signed at that moment. Rejects with a {@link DuoError}. */
export type Transport = (request: ApiRequest, signal?: AbortSignal) => Promise<ApiResponse>;

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, and any wait in it, with a {@link CancelledError}. */
  readonly signal?: AbortSignal | undefined;
  /** Told each new status while a user is awaited. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a request came to, and what follows. */
interface Asked<T> {
  readonly plan: Plan<T>;
  /** Duo has not acted on the request: it turned it away, or never saw it. */
  readonly isVain: boolean;
}

const ask = async <T>(
  { send, next, otherwise }: Extract<Plan<T>, { send: ApiRequest }>,
  transport: Transport,
  signal: AbortSignal | undefined,
  last: Endpoint | undefined,
): Promise<Asked<T>> => {
  let reply: ApiResponse;
  try {
    reply = await transport(send, signal);
  } catch (error) {
    if (error instanceof CancelledError && !error.mayReachUser) {
      // This request has not left, but what went before it may still be under way.
      throw new CancelledError(last);
    }
    if (error instanceof NetworkError && otherwise !== undefined) {
      return { plan: otherwise(error), isVain: error.sent === 'no' };
    }
    throw error;
  }
  return { plan: next(reply), isVain: reply.status >= 400 };
};

const wait = (
  seconds: number,
  last: Endpoint | undefined,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      forget?.();
      resolve();
    }, seconds * 1000);
    const forget =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        reject(new CancelledError(last));
      });
  });

/**
 * Run a plan to its end.
 *
 * @throws {@link DuoError}
 */
export const drive = async <T>(
  plan: Plan<T>,
  transport: Transport,
  { signal, onProgress }: CallOptions = {},
): Promise<T> => {
  let current = plan;
  let last: Endpoint | undefined;
  while (!('done' in current)) {
    if (signal?.aborted) {
      throw new CancelledError(last);
    }
    if ('send' in current) {
      const { endpoint } = current.send;
      const { plan: following, isVain } = await ask(current, transport, signal, last);
      current = following;
      // A push that was turned away will not reach anybody, unless one before it does.
      last = isVain ? last : endpoint;
    } else if ('report' in current) {
      onProgress?.(current.report);
      current = current.next();
    } else {
      await wait(current.waitSeconds, last, signal);
      current = current.next();
    }
  }
  return current.done;
};
