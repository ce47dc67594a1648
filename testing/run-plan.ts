import type { NetworkError } from '../src/duo/errors/network-error.ts';
import type { Plan, Progress } from '../src/duo/plan.ts';
import type { ApiRequest, ApiResponse } from '../src/duo/request.ts';

/** What a plan did with the replies it was given. */
export interface PlanRun<T> {
  readonly result: T;
  readonly sent: readonly ApiRequest[];
  readonly waitedSeconds: readonly number[];
  readonly reported: readonly Progress[];
}

const isFailure = (answer: ApiResponse | NetworkError): answer is NetworkError =>
  answer instanceof Error;

const answerTo = <T>(
  step: Extract<Plan<T>, { send: ApiRequest }>,
  answer: ApiResponse | NetworkError | undefined,
): Plan<T> => {
  if (answer === undefined) {
    throw new Error(`no reply is left for /${step.send.endpoint}`);
  }
  if (!isFailure(answer)) {
    return step.next(answer);
  }
  if (step.onFailure === undefined) {
    throw answer;
  }
  return step.onFailure(answer);
};

/** Run a plan against a list of replies and failures, in order. All of them must be asked for. */
export const runPlan = <T>(
  plan: Plan<T>,
  answers: readonly (ApiResponse | NetworkError)[] = [],
): PlanRun<T> => {
  const left = [...answers];
  const sent: ApiRequest[] = [];
  const waitedSeconds: number[] = [];
  const reported: Progress[] = [];
  let current = plan;
  while (!('done' in current)) {
    if ('send' in current) {
      sent.push(current.send);
      current = answerTo(current, left.shift());
    } else if ('report' in current) {
      reported.push(current.report);
      current = current.next();
    } else {
      waitedSeconds.push(current.waitSeconds);
      current = current.next();
    }
  }
  if (left.length > 0) {
    throw new Error(`${left.length} replies were not asked for`);
  }
  return { result: current.done, sent, waitedSeconds, reported };
};
