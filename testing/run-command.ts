import type { NetworkError } from '../src/duo/errors/network-error.ts';
import type { ApiResponse } from '../src/duo/request.ts';
import type { PollingStyle } from '../src/integration/command.ts';
import { dispatch } from '../src/integration/dispatch.ts';
import type { CommandResult } from '../src/integration/result.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

/** Run a command against a list of replies, in a host that polls as told. */
export const runCommand = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  answers: readonly (ApiResponse | NetworkError)[],
  polling: PollingStyle = 'followed',
): PlanRun<CommandResult> => runPlan(dispatch(name, args)({ polling }), answers);
