import type { CommandResult, Poll } from '../../integration/command.ts';
import { type NoteEntry, toNoteEntry } from '../../integration/entry.ts';

/** An entry that fails the command, and the playbook task that ran it. */
export interface ErrorEntry {
  /** 4 is an error. */
  readonly Type: 4;
  readonly ContentsFormat: 'text';
  readonly Contents: string;
}

/** An entry that makes the server run a command again. Times are whole seconds, as text. */
export interface PollingEntry extends NoteEntry {
  readonly PollingCommand: string;
  readonly NextRun: string;
  readonly PollingArgs: Readonly<Record<string, string>>;
  readonly Timeout: string;
}

/** An entry of the integration, as the server takes it. */
export type ServerEntry = NoteEntry | PollingEntry | ErrorEntry;

export const toErrorEntry = (text: string): ErrorEntry => ({
  Type: 4,
  ContentsFormat: 'text',
  Contents: text,
});

// The server raises shorter intervals to this.
const leastIntervalSeconds = 10;

// Duo ends a push or a call after about a minute. A sequence that outlives it needs one more round,
// which reads the result.
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

/** A command's result as an entry, with the request to run a command later if the answer is not there yet. */
export const toServerEntry = (result: CommandResult): NoteEntry | PollingEntry =>
  result.poll === undefined
    ? toNoteEntry(result)
    : { ...toNoteEntry(result), ...pollingFields(result.poll) };
