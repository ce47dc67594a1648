import {
  NetworkError,
  type NetworkErrorKind,
  type SentState,
} from '../src/duo/errors/network-error.ts';
import type { Plan } from '../src/duo/plan.ts';
import type { ApiResponse, Endpoint } from '../src/duo/request.ts';
import type { Repeat, RetryOptions } from '../src/duo/retry.ts';
import { replyWith } from './replies.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

/** How repeating went: what the plan did, and what it told. */
export interface Repeated<T> extends PlanRun<T> {
  readonly told: readonly Repeat[];
}

/** Run a plan whose waits take the time that they should, on a clock of its own. */
export const runRetrying = <T>(
  withRetry: (options: RetryOptions) => Plan<T>,
  answers: readonly (ApiResponse | NetworkError)[],
  { timeoutSeconds = 60, random = 0 } = {},
): Repeated<T> => {
  let elapsedMs = 0;
  let requests = 0;
  const told: Repeat[] = [];
  const plan = withRetry({
    random: () => random,
    elapsedMs: () => elapsedMs,
    timeoutMsOf: ({ withinSeconds }) => (withinSeconds ?? timeoutSeconds) * 1000,
    nextId: () => {
      requests += 1;
      return `r${requests}`;
    },
    onRepeat: (repeat) => {
      told.push(repeat);
      elapsedMs += repeat.waitSeconds * 1000;
    },
  });
  return { ...runPlan(plan, answers), told };
};

/** A refusal to serve for now. */
export const busyReply = (overrides: Partial<ApiResponse> = {}): ApiResponse =>
  replyWith('{"stat":"FAIL","code":42901,"message":"Too many requests"}', {
    status: 429,
    ...overrides,
  });

/** No reply, and what is known of it. */
export const noReply = (
  kind: NetworkErrorKind,
  sent: SentState,
  { reason = 'E', endpoint = 'check' }: { reason?: string; endpoint?: Endpoint } = {},
): NetworkError => new NetworkError(kind, endpoint, 'No reply.', reason, { sent });
