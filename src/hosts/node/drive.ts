import { randomBytes } from 'node:crypto';
import { createClockSkew, withClockCorrection } from '../../duo/clock.ts';
import { type LoadedSettings, timeoutMsOf } from '../../duo/connection-settings.ts';
import { inTransaction } from '../../duo/errors/duo-error.ts';
import { CancelledError, NetworkError } from '../../duo/errors/network-error.ts';
import type { Plan, Progress, SendStep } from '../../duo/plan.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import { type RetryOptions, withRetry } from '../../duo/retry.ts';
import { allowManyListeners } from './limits.ts';
import { toSafeLogger } from './logger.ts';
import { createTransport, type Send, type TransportOptions } from './transport.ts';

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, and any wait in it, with a {@link CancelledError}. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each new status while a user is awaited. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const isPoll = ({ endpoint }: ApiRequest): boolean => endpoint === 'auth_status';

/** @param last the last request that Duo may have acted on, or that names a transaction. */
const cancelled = (last: ApiRequest | undefined): CancelledError => {
  const error = new CancelledError(last?.endpoint);
  const txid = last && isPoll(last) ? last.params['txid'] : undefined;
  return txid === undefined ? error : inTransaction(error, txid);
};

/** What a request came to. */
interface RequestOutcome<T> {
  readonly plan: Plan<T>;
  /** Duo rejected the request, or never saw it. */
  readonly wasNotTaken: boolean;
}

// A service that fails with 5xx may have acted before it did.
const isRejection = ({ status }: ApiResponse): boolean => status >= 400 && status < 500;

const take = async <T>(
  { send: request, next, onFailure }: SendStep<T>,
  send: Send,
  signal: AbortSignal | undefined,
  last: ApiRequest | undefined,
): Promise<RequestOutcome<T>> => {
  if (signal?.aborted) {
    throw cancelled(isPoll(request) ? request : last);
  }
  let response: ApiResponse;
  try {
    response = await send(request, signal);
  } catch (error) {
    if (error instanceof CancelledError) {
      // A request that has not left says nothing, but what went before it may still be under way.
      throw cancelled(error.mayReachUser || isPoll(request) ? request : last);
    }
    if (error instanceof NetworkError && onFailure !== undefined) {
      return { plan: onFailure(error), wasNotTaken: error.sent === 'no' };
    }
    throw error;
  }
  return { plan: next(response), wasNotTaken: isRejection(response) };
};

const wait = (
  seconds: number,
  last: ApiRequest | undefined,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled(last));
      return;
    }
    const cancel = () => {
      clearTimeout(timer);
      reject(cancelled(last));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener('abort', cancel, { once: true });
  });

/**
 * Run a plan to its end.
 *
 * @throws {@link DuoError}
 */
export const drive = async <T>(
  plan: Plan<T>,
  send: Send,
  { signal, onProgress }: CallOptions = {},
): Promise<T> => {
  if (signal) {
    allowManyListeners(signal);
  }
  let current = plan;
  let last: ApiRequest | undefined;
  while (!('done' in current)) {
    if ('readClock' in current) {
      current = current.readClock(performance.now());
    } else if ('report' in current) {
      onProgress?.(current.report);
      current = current.next();
    } else if ('waitSeconds' in current) {
      await wait(current.waitSeconds, last, signal);
      current = current.next();
    } else {
      const { send: request } = current;
      const { plan: following, wasNotTaken } = await take(current, send, signal, last);
      current = following;
      // A push that was rejected reaches no user, unless one before it does. A poll names a transaction
      // that goes on, however the poll went.
      last = wasNotTaken && !isPoll(request) ? last : request;
    }
  }
  return current.done;
};

/** Runs an instance's plans, and knows what looks wrong about it. */
export interface Runner {
  readonly run: <T>(plan: Plan<T>, call?: CallOptions) => Promise<T>;
  /** A sentence each; one more when the clock turns out to be wrong. */
  readonly warnings: readonly string[];
  readonly close: () => void;
}

/**
 * What an instance in Node consists of: a transport, and plans that are run on Duo's time and retried
 * where that does no harm.
 *
 * @throws {@link BadParameterError} when a file that the settings name cannot be used.
 */
export const createRunner = (loaded: LoadedSettings, options: TransportOptions = {}): Runner => {
  const { settings } = loaded;
  const logger = toSafeLogger(options.logger);
  const transport = createTransport(loaded, options);

  const warnings: string[] = [];
  const warn = (sentence: string): void => {
    warnings.push(sentence);
    logger?.warn(`duo: ${sentence}`);
  };
  for (const { name, rule } of loaded.warnings) {
    warn(`${name} ${rule}.`);
  }
  const skew = createClockSkew(warn);

  // Requests of several instances end up in one log.
  const prefix = randomBytes(3).toString('hex');
  let requests = 0;
  const retry: RetryOptions = {
    random: Math.random,
    timeoutMsOf: (request) => timeoutMsOf(request, settings),
    nextId: () => {
      requests += 1;
      return `${prefix}-${requests}`;
    },
    onRetry: ({ request, reason, waitSeconds }) => {
      const { id = '', endpoint, attempt = 1 } = request;
      const milliseconds = Math.round(waitSeconds * 1000);
      const fields = { requestId: id, endpoint, attempt, reason, milliseconds };
      logger?.warn('duo: will send again', fields);
    },
  };

  return {
    warnings,
    run: (plan, call) =>
      drive(withRetry(withClockCorrection(plan, skew), retry), transport.send, call),
    close: transport.close,
  };
};
