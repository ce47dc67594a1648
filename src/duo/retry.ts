import type { NetworkError } from './errors/network-error.ts';
import type { Plan } from './plan.ts';
import type { ApiRequest, ApiResponse, Endpoint } from './request.ts';

type Hinted = Pick<ApiResponse, 'retryAfter' | 'dateMs' | 'receivedAtMs'>;

const seconds = /^\s*\d{1,9}\s*$/;

/**
 * How long a reply asks to wait, in seconds; `undefined` when it does not say, or not in a form that
 * HTTP knows. A date is read against the reply's own, so that a wrong clock here does not matter.
 */
export const retryAfterSeconds = ({
  retryAfter,
  dateMs,
  receivedAtMs,
}: Hinted): number | undefined => {
  if (retryAfter === undefined || seconds.test(retryAfter)) {
    return retryAfter === undefined ? undefined : Number(retryAfter);
  }
  const atMs = Date.parse(retryAfter);
  return Number.isNaN(atMs) ? undefined : Math.max(0, (atMs - (dateMs ?? receivedAtMs)) / 1000);
};

// Duo's own clients wait 1, 2, 4, 8, 16 and 32 s after a 429.
const mostRepeatsWhenTold = 6;

// A connection that cannot be made three times in a row needs a person, not patience.
const mostRepeatsWhenCut = 2;

// What a second request could do again: ask a person, or create a user.
const repeatable: Readonly<Record<Endpoint, boolean>> = {
  ping: true,
  check: true,
  logo: true,
  preauth: true,
  enroll_status: true,
  auth_status: true,
  enroll: false,
  auth: false,
};

const doubling = (attempt: number): number => 2 ** (attempt - 1);

/** The wait before a request that was answered with 429 is sent again; `undefined` for never. */
export const waitAfterResponse = (
  reply: ApiResponse,
  attempt: number,
  random: () => number,
): number | undefined =>
  reply.status === 429 && attempt <= mostRepeatsWhenTold
    ? (retryAfterSeconds(reply) ?? doubling(attempt)) + random()
    : undefined;

const lastingAtProxy = /^(?:HTTP_4|PROXY_|ERR_|CERT_|SELF_|DEPTH_|UNABLE_)/;

// A name that does not exist, a certificate or a proxy's refusal are the same a second later.
const isLasting = ({ kind, reason }: NetworkError): boolean =>
  kind === 'tls' || reason === 'ENOTFOUND' || (kind === 'proxy' && lastingAtProxy.test(reason));

/**
 * The wait before a request that got no reply is sent again; `undefined` for never. A time-out is
 * the end of the time that there was. When it is not sure that nothing reached Duo, only what does no
 * harm twice goes out again.
 */
export const waitAfterFailure = (
  { endpoint }: ApiRequest,
  error: NetworkError,
  attempt: number,
  random: () => number,
): number | undefined => {
  const isSafe = error.sent === 'no' || repeatable[endpoint];
  return isSafe && !isLasting(error) && error.kind !== 'timeout' && attempt <= mostRepeatsWhenCut
    ? doubling(attempt) + random()
    : undefined;
};

/** A request that will be sent again, told before the wait. */
export interface Retry {
  readonly request: ApiRequest;
  /** `429`, or the kind of the network failure. */
  readonly reason: string;
  readonly waitSeconds: number;
}

/** What a host brings to repeating: its clock, its dice and its time-outs. */
export interface RetryOptions {
  /** From 0 to 1, so that many clients that were turned away together do not come back together. */
  readonly random: () => number;
  /** Milliseconds since any fixed moment. It should not follow changes of the wall clock. */
  readonly elapsedMs: () => number;
  /** How long a request may take, its repeats and the waits between them included. */
  readonly timeoutMsOf: (request: ApiRequest) => number;
  /** Names a request; its repeats keep the name. */
  readonly nextId: () => string;
  readonly onRetry?: ((repeat: Retry) => void) | undefined;
}

type SendStep<T> = Extract<Plan<T>, { send: ApiRequest }>;

/** One request of a plan, from its first attempt to its last. */
interface Delivery<T> {
  readonly step: SendStep<T>;
  readonly id: string;
  readonly untilMs: number;
}

const attempt = <T>(delivery: Delivery<T>, number: number, options: RetryOptions): Plan<T> => {
  const { step, id, untilMs } = delivery;
  const secondsLeft = () => (untilMs - options.elapsedMs()) / 1000;
  const send: ApiRequest = {
    ...step.send,
    id,
    attempt: number,
    ...(number > 1 && { withinSeconds: secondsLeft() }),
  };

  const again = (waitSeconds: number | undefined, why: string): Plan<T> | undefined => {
    if (waitSeconds === undefined || waitSeconds >= secondsLeft()) {
      return undefined;
    }
    options.onRetry?.({ request: send, reason: why, waitSeconds });
    return { waitSeconds, next: () => attempt(delivery, number + 1, options) };
  };

  return {
    send,
    next: (reply: ApiResponse) =>
      again(waitAfterResponse(reply, number, options.random), '429') ??
      withRetry(step.next(reply), options),
    onFailure: (error: NetworkError) => {
      const wait = waitAfterFailure(step.send, error, number, options.random);
      const repeated = again(wait, error.kind);
      if (repeated === undefined && step.onFailure === undefined) {
        throw error;
      }
      return (
        repeated ?? withRetry((step.onFailure as (e: NetworkError) => Plan<T>)(error), options)
      );
    },
  };
};

/**
 * The same plan, patient: a request that Duo turned away for now (429), or that could not be
 * delivered, is sent again within its time-out. A driver signs each attempt anew. `auth` and `enroll`
 * are repeated only when it is sure that Duo has not acted on them.
 */
export const withRetry = <T>(plan: Plan<T>, options: RetryOptions): Plan<T> => {
  if ('done' in plan) {
    return plan;
  }
  if ('send' in plan) {
    const untilMs = options.elapsedMs() + options.timeoutMsOf(plan.send);
    return attempt({ step: plan, id: options.nextId(), untilMs }, 1, options);
  }
  return { ...plan, next: () => withRetry(plan.next(), options) };
};
