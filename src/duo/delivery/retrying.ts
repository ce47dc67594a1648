import type { NetworkError } from '../errors/network-error.ts';
import type { Plan } from '../plan.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { waitAfterFailure, waitAfterResponse } from './repeat-policy.ts';

/** A request that will be sent again, told before the wait. */
export interface Repeat {
  readonly request: ApiRequest;
  /** `429`, or the kind of the network failure. */
  readonly why: string;
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
  readonly onRepeat?: ((repeat: Repeat) => void) | undefined;
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
    options.onRepeat?.({ request: send, why, waitSeconds });
    return { waitSeconds, next: () => attempt(delivery, number + 1, options) };
  };

  return {
    send,
    next: (reply: ApiResponse) =>
      again(waitAfterResponse(reply, number, options.random), '429') ??
      withRetry(step.next(reply), options),
    otherwise: (error: NetworkError) => {
      const wait = waitAfterFailure(step.send, error, number, options.random);
      const repeated = again(wait, error.kind);
      if (repeated === undefined && step.otherwise === undefined) {
        throw error;
      }
      return (
        repeated ?? withRetry((step.otherwise as (e: NetworkError) => Plan<T>)(error), options)
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
