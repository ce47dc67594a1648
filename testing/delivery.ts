import {
  NetworkError,
  type NetworkErrorKind,
  type SentState,
} from '../src/duo/errors/network-error.ts';
import type { Plan } from '../src/duo/plan.ts';
import type { ApiResponse, Endpoint } from '../src/duo/request.ts';
import type { Retry, RetryOptions } from '../src/duo/retry.ts';
import { responseWith } from './responses.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

/** How repeating went: what the plan did, and what it told. */
export interface Retried<T> extends PlanRun<T> {
  readonly retries: readonly Retry[];
}

/** Run a plan whose waits take the time that they should, on a clock of its own. */
export const runRetrying = <T>(
  withRetry: (options: RetryOptions) => Plan<T>,
  answers: readonly (ApiResponse | NetworkError)[],
  { timeoutSeconds = 60, random = 0 } = {},
): Retried<T> => {
  let elapsedMs = 0;
  let requests = 0;
  const told: Retry[] = [];
  const plan = withRetry({
    random: () => random,
    elapsedMs: () => elapsedMs,
    timeoutMsOf: ({ withinSeconds }) => (withinSeconds ?? timeoutSeconds) * 1000,
    nextId: () => {
      requests += 1;
      return `r${requests}`;
    },
    onRetry: (repeat) => {
      told.push(repeat);
      elapsedMs += repeat.waitSeconds * 1000;
    },
  });
  return { ...runPlan(plan, answers), retries: told };
};

/** A refusal to serve for now. */
export const busyResponse = (overrides: Partial<ApiResponse> = {}): ApiResponse =>
  responseWith('{"stat":"FAIL","code":42901,"message":"Too many requests"}', {
    status: 429,
    ...overrides,
  });

/** No reply, and what is known of it. */
export const noResponse = (
  kind: NetworkErrorKind,
  sent: SentState,
  { reason = 'E', endpoint = 'check' }: { reason?: string; endpoint?: Endpoint } = {},
): NetworkError => new NetworkError(kind, endpoint, 'No reply.', reason, { sent });
