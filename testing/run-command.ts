import type { NetworkError } from '../src/duo/errors/network-error.ts';
import type { ApiResponse } from '../src/duo/request.ts';
import type { Command, GivenArguments, PollingMode, Sample } from '../src/integration/command.ts';
import { dispatch } from '../src/integration/commands/table.ts';
import type { CommandResult } from '../src/integration/entry.ts';
import { okResponse, responseWith } from './responses.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

/** Run a command against a list of responses, in a host that polls in this way. */
export const runCommand = (
  name: string,
  args: GivenArguments,
  answers: readonly (ApiResponse | NetworkError)[],
  polling: PollingMode = 'followed',
): PlanRun<CommandResult> => runPlan(dispatch(name, args)({ polling }), answers);

/** Run a command with one of its samples. */
export const runSample = (command: Command, sample: Sample): CommandResult =>
  runCommand(
    command.name,
    sample.args ?? {},
    sample.responses.map((response) =>
      response instanceof Uint8Array
        ? responseWith('', { contentType: 'image/png', bytes: response })
        : okResponse(response),
    ),
    sample.polling,
  ).result;
