import { type Entry, toEntry } from '../../integration/entry.ts';
import type { CommandResult, Poll } from '../../integration/result.ts';

/** An entry that makes the server run a command again. Times are whole seconds, as text. */
export interface PollingEntry extends Entry {
  readonly PollingCommand: string;
  readonly NextRun: string;
  readonly PollingArgs: Readonly<Record<string, string>>;
  readonly Timeout: string;
}

// The server raises shorter intervals to this.
const leastIntervalSeconds = 10;

// Duo ends a push or a call after about a minute. A sequence that outlives it has only one thing
// left to do: one more round, which reads how it ended.
const transactionLifeSeconds = 60;

const pollingFields = (poll: Poll) => {
  const intervalSeconds = Math.max(poll.intervalSeconds, leastIntervalSeconds);
  const timeoutSeconds = Math.min(poll.timeoutSeconds, transactionLifeSeconds + intervalSeconds);
  return {
    PollingCommand: poll.command,
    NextRun: String(intervalSeconds),
    PollingArgs: poll.args,
    Timeout: String(timeoutSeconds),
  };
};

/** A command's result as an entry, with the order to come back if the answer is not there yet. */
export const toServerEntry = (result: CommandResult): Entry | PollingEntry =>
  result.poll === undefined
    ? toEntry(result)
    : { ...toEntry(result), ...pollingFields(result.poll) };
