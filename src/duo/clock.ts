import { parsePingResponse, pingRequest } from './endpoints/ping.ts';
import { failureCode } from './endpoints/response.ts';
import { changeWhatFollows, type Plan, type SendStep } from './plan.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

/**
 * How far a request's date may be off, in seconds, before Duo rejects it.
 *
 * @see Duo Auth API, "API Details", "Authentication": https://duo.com/docs/authapi#authentication
 */
export const allowedSkewSeconds = 300;

// Duo gives whole seconds.
const readingErrorSeconds = 1;

// A minute before Duo rejects requests is time to act.
const toleratedSkewMs = (allowedSkewSeconds - 60) * 1000;

// A machine whose clock is off by more needs a person; a service that says so may not be Duo.
const largestSkewSeconds = 86_400;

/**
 * Duo's clock minus the host's, in whole seconds. Duo read its clock somewhere between sending and
 * receiving, so the middle is the best guess.
 */
export const measureSkew = (
  time: Date,
  { sentAtMs, receivedAtMs }: Pick<ApiResponse, 'sentAtMs' | 'receivedAtMs'>,
): number => Math.round((time.getTime() - (sentAtMs + receivedAtMs) / 2) / 1000);

/** The skew for a person: `right to the second`, `12 s behind`, `301 s ahead`. */
export const describeSkew = (skewSeconds: number): string =>
  Math.abs(skewSeconds) <= readingErrorSeconds
    ? 'right to the second'
    : `${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? 'behind' : 'ahead'}`;

/** The skew within a sentence: `12 s behind Duo's`, `301 s ahead of Duo's`. */
export const compareWithDuo = (skewSeconds: number): string =>
  `${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? 'behind' : 'ahead of'} Duo's`;

/** How far this machine's clock is off, as far as is known. It lives as long as its client. */
export interface ClockSkew {
  /** Duo's clock minus this machine's, in seconds; `undefined` until it had to be measured. */
  readonly seconds: () => number | undefined;
  /** Date all further requests by this skew. One of more than a day changes nothing: false. */
  readonly correct: (skewSeconds: number) => boolean;
  /** May a `Date` header that is far off lead to a ping? Once: a cache may keep giving an old one. */
  readonly takeHint: () => boolean;
}

/** @param warn receives a sentence when the clock is first found to be wrong. */
export const createClockSkew = (warn: (sentence: string) => void): ClockSkew => {
  let known: number | undefined;
  let hintTaken = false;
  const warned = new Set<string>();
  const warnOnce = (key: string, sentence: string): void => {
    if (!warned.has(key)) {
      warned.add(key);
      warn(sentence);
    }
  };
  return {
    seconds: () => known,
    correct: (skewSeconds) => {
      if (Math.abs(skewSeconds) > largestSkewSeconds) {
        warnOnce(
          'too-far',
          "This machine's clock and Duo's are more than a day apart: set this machine's clock. Requests keep its time.",
        );
        return false;
      }
      if (Math.abs(skewSeconds) > readingErrorSeconds) {
        warnOnce(
          'corrected',
          `This machine's clock is ${compareWithDuo(skewSeconds)}; requests are dated by Duo's.`,
        );
      }
      known = skewSeconds;
      return true;
    },
    takeHint: () => {
      const isFirst = !hintTaken && known === undefined;
      hintTaken = true;
      return isFirst;
    },
  };
};

// Missing and bad timestamp. Duo documents the rule ("Authentication"), and not these two codes.
const timestampCodes = [40104, 40105];

const isDateRejected = (response: ApiResponse): boolean =>
  response.status === 401 && timestampCodes.includes(failureCode(response) ?? 0);

const isFarOff = ({ dateMs, receivedAtMs }: ApiResponse): boolean =>
  dateMs !== undefined && Math.abs(dateMs - receivedAtMs) > toleratedSkewMs;

const readSkew = (pong: ApiResponse): number | undefined => {
  try {
    return measureSkew(parsePingResponse(pong).time, pong);
  } catch {
    // Whatever answers here is not Duo. The first response says more than this one.
    return undefined;
  }
};

const correctStep = <T>(step: SendStep<T>, skew: ClockSkew): Plan<T> => {
  const { send, onFailure } = step;
  const go = (plan: Plan<T>) => withClockCorrection(plan, skew);
  const used = skew.seconds();
  const dated = (request: ApiRequest): ApiRequest => ({
    ...request,
    clockSkewSeconds: skew.seconds(),
  });
  const fail = onFailure && ((error: Parameters<typeof onFailure>[0]) => go(onFailure(error)));

  const compared = (response: ApiResponse, pong: ApiResponse): Plan<T> => {
    const measured = readSkew(pong);
    const isCorrected = measured !== undefined && skew.correct(measured);
    const isOther = isCorrected && Math.abs(measured - (used ?? 0)) > readingErrorSeconds;
    // Only a rejection is answered by sending again: anything else Duo has acted on.
    return isOther && response.status === 401
      ? {
          send: { ...dated(send), continues: true },
          next: (second) => go(step.next(second)),
          onFailure: fail,
        }
      : go(step.next(response));
  };

  // Without a signature there is no date to get wrong.
  const isWrong = (response: ApiResponse): boolean =>
    send.signed && (isDateRejected(response) || (isFarOff(response) && skew.takeHint()));

  return {
    send: used === undefined ? send : dated(send),
    next: (response) =>
      isWrong(response)
        ? {
            send: { ...pingRequest(), continues: true },
            next: (pong) => compared(response, pong),
            onFailure: () => go(step.next(response)),
          }
        : go(step.next(response)),
    onFailure: fail,
  };
};

/**
 * The same plan, on Duo's time: when Duo rejects a request's date, or its clock is more than four
 * minutes away, the clocks are compared with `/ping`, the request is signed again once, and the skew
 * is kept for all requests that follow.
 *
 * @see Duo Auth API, "Endpoints", "/ping": https://duo.com/docs/authapi#/ping
 */
export const withClockCorrection = <T>(plan: Plan<T>, skew: ClockSkew): Plan<T> => {
  if ('done' in plan) {
    return plan;
  }
  if ('send' in plan) {
    return correctStep(plan, skew);
  }
  return changeWhatFollows(plan, (rest) => withClockCorrection(rest, skew));
};
