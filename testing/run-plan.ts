import type { NetworkError } from '../src/duo/errors/network-error.ts';
import type { Plan, Progress, SendStep } from '../src/duo/plan.ts';
import type { ApiRequest, ApiResponse } from '../src/duo/request.ts';
import type { Retry, RetryOptions } from '../src/duo/retry.ts';

/** What a plan did with the responses it was given. */
export interface PlanRun<T> {
  readonly result: T;
  readonly sent: readonly ApiRequest[];
  readonly waitedSeconds: readonly number[];
  readonly reported: readonly Progress[];
}

type Answer = ApiResponse | NetworkError;

const isFailure = (answer: Answer): answer is NetworkError => answer instanceof Error;

const answerTo = <T>(step: SendStep<T>, answer: Answer): Plan<T> => {
  if (!isFailure(answer)) {
    return step.next(answer);
  }
  if (step.onFailure === undefined) {
    throw answer;
  }
  return step.onFailure(answer);
};

// A host gives a call that Duo holds open this long.
const heldOpenSeconds = 75;

/** A response took as long as its times say, and a time-out all the time that there was. */
const msUntil = (answer: Answer, { withinSeconds = heldOpenSeconds }: ApiRequest): number => {
  if (isFailure(answer)) {
    return answer.kind === 'timeout' ? Math.min(withinSeconds, heldOpenSeconds) * 1000 : 0;
  }
  return answer.receivedAtMs - answer.sentAtMs;
};

/**
 * Run a plan against a list of responses and failures, in order, on a clock of its own. All of them
 * must be asked for. Where the host cannot wait, each wait fails.
 */
export const runPlan = <T>(
  plan: Plan<T>,
  answers: readonly Answer[] = [],
  { canWait = true } = {},
): PlanRun<T> => {
  const left = [...answers];
  const sent: ApiRequest[] = [];
  const waitedSeconds: number[] = [];
  const reported: Progress[] = [];
  let elapsedMs = 0;
  let current = plan;
  while (!('done' in current)) {
    if ('send' in current) {
      sent.push(current.send);
      const answer = left.shift();
      if (answer === undefined) {
        throw new Error(`no response is left for /${current.send.endpoint}`);
      }
      elapsedMs += msUntil(answer, current.send);
      current = answerTo(current, answer);
    } else if ('report' in current) {
      reported.push(current.report);
      current = current.next();
    } else if ('readClock' in current) {
      current = current.readClock(elapsedMs);
    } else if (!canWait && current.onFailure !== undefined) {
      current = current.onFailure();
    } else {
      waitedSeconds.push(current.waitSeconds);
      elapsedMs += current.waitSeconds * 1000;
      current = current.next();
    }
  }
  if (left.length > 0) {
    throw new Error(`${left.length} responses were not asked for`);
  }
  return { result: current.done, sent, waitedSeconds, reported };
};

/** How a plan went, and which of its requests were sent again. */
export interface RetriedRun<T> extends PlanRun<T> {
  readonly retries: readonly Retry[];
}

/** Run a plan with retries. */
export const runRetrying = <T>(
  withRetry: (options: RetryOptions) => Plan<T>,
  answers: readonly Answer[],
  { timeoutSeconds = 60, random = 0 } = {},
): RetriedRun<T> => {
  const retries: Retry[] = [];
  let requests = 0;
  const plan = withRetry({
    random: () => random,
    timeoutMsOf: ({ withinSeconds }) => (withinSeconds ?? timeoutSeconds) * 1000,
    nextId: () => {
      requests += 1;
      return `r${requests}`;
    },
    onRetry: (retry) => void retries.push(retry),
  });
  return { ...runPlan(plan, answers), retries };
};

/** The same plan on a clock where a wait passes at once: for tests that wait for nothing real. */
export const withoutWaits = <T>(plan: Plan<T>): Plan<T> => {
  let waitedMs = 0;
  const skip = (current: Plan<T>): Plan<T> => {
    if ('done' in current) {
      return current;
    }
    if ('send' in current) {
      const { send, next, onFailure } = current;
      return {
        send,
        next: (response) => skip(next(response)),
        onFailure: onFailure && ((error) => skip(onFailure(error))),
      };
    }
    if ('readClock' in current) {
      return { readClock: (elapsedMs) => skip(current.readClock(elapsedMs + waitedMs)) };
    }
    if ('waitSeconds' in current) {
      waitedMs += current.waitSeconds * 1000;
      return skip(current.next());
    }
    return { ...current, next: () => skip(current.next()) };
  };
  return skip(plan);
};
