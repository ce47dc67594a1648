import { parsePingResponse, pingRequest } from './endpoints/ping.ts';
import { failureCode } from './endpoints/response.ts';
import type { Plan } from './plan.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

/** How far a request's date may be off, in seconds, before Duo refuses it. */
export const allowedSkewSeconds = 300;

/**
 * Duo's clock minus the host's, in whole seconds. Duo's time was taken somewhere between sending and
 * receiving, so the middle is the best guess.
 */
export const measureSkew = (
  time: Date,
  { sentAtMs, receivedAtMs }: Pick<ApiResponse, 'sentAtMs' | 'receivedAtMs'>,
): number => Math.round((time.getTime() - (sentAtMs + receivedAtMs) / 2) / 1000);

/** The offset for a person: `right to the second`, `12 s behind`, `301 s ahead`. */
export const describeSkew = (offsetSeconds: number): string => {
  // Duo tells whole seconds, so one second is within the reading's error.
  if (Math.abs(offsetSeconds) <= 1) {
    return 'right to the second';
  }
  return `${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead'}`;
};

/** The offset within a sentence: `12 s behind Duo's`, `301 s ahead of Duo's`. */
export const compareWithDuo = (offsetSeconds: number): string =>
  `${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Duo's`;

// Duo tells whole seconds.
const readingErrorSeconds = 1;

/** How far this machine's clock is off, as far as is known. It lives as long as its client. */
export interface ClockSkew {
  /** Duo's clock minus this machine's, in seconds; `undefined` until it had to be measured. */
  readonly seconds: () => number | undefined;
  /** Date requests by this offset from now on. */
  readonly correct: (offsetSeconds: number) => void;
}

/** @param onCorrected told once, when the clock is first found to be wrong. */
export const createClockSkew = (onCorrected: (offsetSeconds: number) => void): ClockSkew => {
  let known: number | undefined;
  let isTold = false;
  return {
    seconds: () => known,
    correct: (offsetSeconds) => {
      if (!isTold && Math.abs(offsetSeconds) > readingErrorSeconds) {
        isTold = true;
        onCorrected(offsetSeconds);
      }
      known = offsetSeconds;
    },
  };
};

// Duo refuses a date that is five minutes off; a minute before that is time to act.
const toleratedOffsetMs = 240_000;

const timestampCodes = [40104, 40105];

type SendStep<T> = Extract<Plan<T>, { send: ApiRequest }>;

const dated = (request: ApiRequest, clock: ClockSkew): ApiRequest => {
  const offsetSeconds = clock.seconds();
  return offsetSeconds === undefined ? request : { ...request, clockSkewSeconds: offsetSeconds };
};

/** Does the reply's Date differ from the time by which the request was dated? */
const isOff = ({ dateMs, receivedAtMs }: ApiResponse, offsetSeconds: number): boolean =>
  dateMs !== undefined &&
  Math.abs(dateMs - (receivedAtMs + offsetSeconds * 1000)) > toleratedOffsetMs;

const measure = (pong: ApiResponse): number | undefined => {
  try {
    return measureSkew(parsePingResponse(pong).time, pong);
  } catch {
    // Whatever answers here is not Duo. The first reply says more than this one.
    return undefined;
  }
};

const send = <T>(step: SendStep<T>, clock: ClockSkew): Plan<T> => {
  const { onFailure } = step;
  const go = (plan: Plan<T>) => withClockCorrection(plan, clock);
  const before = clock.seconds();
  const request = dated(step.send, clock);
  const failing = onFailure && {
    onFailure: (error: Parameters<typeof onFailure>[0]) => go(onFailure(error)),
  };

  const corrected = (reply: ApiResponse, pong: ApiResponse): Plan<T> => {
    const offsetSeconds = measure(pong);
    if (offsetSeconds === undefined) {
      return go(step.next(reply));
    }
    clock.correct(offsetSeconds);
    // Only a refusal is answered by sending again: anything else Duo has acted on.
    return reply.status === 401 && offsetSeconds !== (before ?? 0)
      ? { send: dated(step.send, clock), next: (second) => go(step.next(second)), ...failing }
      : go(step.next(reply));
  };

  const next = (reply: ApiResponse): Plan<T> => {
    const isRefused = timestampCodes.includes(failureCode(reply) ?? 0);
    // A Date header alone is a hint, and taken once: a cache on the way may keep giving an old one.
    const isHinted = before === undefined && isOff(reply, 0);
    return isRefused || isHinted
      ? {
          send: pingRequest(),
          next: (pong) => corrected(reply, pong),
          onFailure: () => go(step.next(reply)),
        }
      : go(step.next(reply));
  };
  return { send: request, next, ...failing };
};

/**
 * The same plan, on Duo's time: when Duo refuses a request's date, or its clock is more than four
 * minutes away, the clocks are compared, the request is signed again once, and the difference is
 * kept for all requests that follow.
 */
export const withClockCorrection = <T>(plan: Plan<T>, clock: ClockSkew): Plan<T> => {
  if ('done' in plan) {
    return plan;
  }
  if ('send' in plan) {
    // Without a signature there is no date to get wrong.
    return plan.send.signed
      ? send(plan, clock)
      : { ...plan, next: (reply) => withClockCorrection(plan.next(reply), clock) };
  }
  return { ...plan, next: () => withClockCorrection(plan.next(), clock) };
};
