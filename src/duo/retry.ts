import type { NetworkError } from './errors/network-error.ts';
import { changeWhatFollows, type Plan, type SendStep } from './plan.ts';
import type { ApiRequest, ApiResponse, Endpoint } from './request.ts';
import { retryAfterSeconds } from './response-headers.ts';

/** A request that will be sent again, reported before the wait. */
export interface Retry {
  readonly request: ApiRequest;
  /** `429`, or the kind of the network failure. */
  readonly reason: string;
  readonly waitSeconds: number;
}

/** What a host brings to retrying: randomness, time-outs and names. */
export interface RetryOptions {
  /** From 0 to 1, so that many clients that were turned away together do not come back together. */
  readonly random: () => number;
  /** How long a request may take, its retries and the waits between them included. */
  readonly timeoutMsOf: (request: ApiRequest) => number;
  /** Names a request; its retries keep the name. */
  readonly nextId: () => string;
  readonly onRetry?: ((retry: Retry) => void) | undefined;
}

// Duo's own clients wait 1, 2, 4, 8, 16 and 32 s after a 429, and then give up.
const maxRetriesAfter429 = 6;

// A connection that cannot be made three times in a row needs a person.
const maxRetriesAfterFailure = 2;

// What a second request could do again: ask a person, or create a user.
const isIdempotent: Readonly<Record<Endpoint, boolean>> = {
  ping: true,
  check: true,
  logo: true,
  preauth: true,
  enroll_status: true,
  auth_status: true,
  enroll: false,
  auth: false,
};

const backOffSeconds = (attempt: number): number => 2 ** (attempt - 1);

const permanentAtProxy = /^(?:HTTP_4|PROXY_|ERR_|CERT_|SELF_|DEPTH_|UNABLE_)/;

/** A name that does not exist, a certificate or a proxy's refusal: the same a second later. */
export const isPermanent = ({ kind, reason }: NetworkError): boolean =>
  kind === 'tls' || reason === 'ENOTFOUND' || (kind === 'proxy' && permanentAtProxy.test(reason));

// Only 429 says that Duo has not acted. A 503 after `auth` may well have sent a push.
const waitAfterResponse = (response: ApiResponse, attempt: number): number | undefined =>
  response.status === 429 && attempt <= maxRetriesAfter429
    ? (retryAfterSeconds(response) ?? backOffSeconds(attempt))
    : undefined;

// A time-out is the end of the time that there was. When it is not sure that nothing reached Duo,
// only what does no harm twice goes out again.
const waitAfterFailure = (
  { endpoint }: ApiRequest,
  error: NetworkError,
  attempt: number,
): number | undefined => {
  const isSafe = error.sent === 'no' || isIdempotent[endpoint];
  return isSafe &&
    error.kind !== 'timeout' &&
    !isPermanent(error) &&
    attempt <= maxRetriesAfterFailure
    ? backOffSeconds(attempt)
    : undefined;
};

/** One request of a plan, from its first attempt to its last. */
interface Call<T> {
  readonly step: SendStep<T>;
  readonly id: string;
  readonly untilMs: number;
  readonly options: RetryOptions;
}

const sendAttempt = <T>(call: Call<T>, attempt: number, withinSeconds?: number): Plan<T> => {
  const { step, id, untilMs, options } = call;
  const send: ApiRequest = {
    ...step.send,
    id,
    attempt,
    // A time-out of 0 may mean none at all.
    ...(withinSeconds !== undefined && { withinSeconds: Math.max(withinSeconds, 0.001) }),
  };

  const retryOr = (wait: number | undefined, reason: string, giveUp: () => Plan<T>): Plan<T> => {
    if (wait === undefined) {
      return giveUp();
    }
    const waitSeconds = wait + options.random();
    const readClock = (nowMs: number): Plan<T> => {
      if (nowMs + waitSeconds * 1000 >= untilMs) {
        return giveUp();
      }
      options.onRetry?.({ request: send, reason, waitSeconds });
      const again = (laterMs: number) => sendAttempt(call, attempt + 1, (untilMs - laterMs) / 1000);
      return { waitSeconds, next: () => ({ readClock: again }), onFailure: giveUp };
    };
    return { readClock };
  };

  return {
    send,
    next: (response) =>
      retryOr(waitAfterResponse(response, attempt), '429', () =>
        retryWithin(step.next(response), options, untilMs),
      ),
    onFailure: (error) =>
      retryOr(waitAfterFailure(step.send, error, attempt), error.kind, () => {
        if (step.onFailure === undefined) {
          throw error;
        }
        return retryWithin(step.onFailure(error), options, untilMs);
      }),
  };
};

/** @param callUntilMs when the time of the request before is over, for one that continues it. */
const retryWithin = <T>(plan: Plan<T>, options: RetryOptions, callUntilMs?: number): Plan<T> => {
  if ('done' in plan) {
    return plan;
  }
  if ('send' in plan) {
    return {
      readClock: (nowMs) => {
        const ownUntilMs = nowMs + options.timeoutMsOf(plan.send);
        const continues = plan.send.continues === true && callUntilMs !== undefined;
        const untilMs = continues ? Math.min(ownUntilMs, callUntilMs) : ownUntilMs;
        const call = { step: plan, id: options.nextId(), untilMs, options };
        return sendAttempt(call, 1, continues ? (untilMs - nowMs) / 1000 : undefined);
      },
    };
  }
  return changeWhatFollows(plan, (rest) => retryWithin(rest, options));
};

/**
 * The same plan, with retries: a request that Duo turned away for now (429), or that could not be
 * delivered, is sent again within its time-out. A driver signs each attempt anew. `auth` and `enroll`
 * are sent again only when it is sure that Duo has not acted on them.
 *
 * @see Duo Auth API, "Endpoints": 429 means "too many requests". No limits are published.
 */
export const withRetry = <T>(plan: Plan<T>, options: RetryOptions): Plan<T> =>
  retryWithin(plan, options);
