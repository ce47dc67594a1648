import { DuoError, explain } from '../../duo/errors/duo-error.ts';
import type { Plan } from '../../duo/plan.ts';
import { sanitizeText } from '../../duo/text.ts';
import type { PollingMode } from '../../integration/command.ts';
import { findCommand, startCommand, xsoarCommands } from '../../integration/commands/table.ts';
import {
  type CommandResult,
  type NoteEntry,
  type Poll,
  toNoteEntry,
} from '../../integration/entry.ts';
import { loadParams } from '../../integration/params.ts';
import { testModule } from '../../integration/test-module.ts';
import { drive, withDelivery } from './drive.ts';
import { createTransport } from './http.ts';
import { canSchedule, type Server } from './server.ts';

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

/** What the script returns: an entry, or for the Test button `'ok'` or what is wrong. */
export type Answer = ServerEntry | string;

const testButton = 'test-module';

/** A command as the server runs it: on the server's terms for arguments and polling. */
export const startForServer = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  version: unknown,
) => {
  const command = findCommand(name, xsoarCommands);
  const unscheduled: PollingMode = command.polling?.withoutScheduler ?? 'unsupported';
  // The server checks arguments against the YAML and adds some of its own.
  const start = startCommand(command, args, { unknownArguments: 'ignore' });
  return start({ polling: canSchedule(version) ? 'scheduled' : unscheduled });
};

const run = (server: Server): Answer => {
  const { settings, warnings } = loadParams(server.params, { unknownParameters: 'ignore' });
  for (const { name, rule } of warnings) {
    server.logDebug(`Duo Auth API: ${name} ${rule}.`);
  }
  const transport = createTransport(settings, server);
  const runPlan = <T>(plan: Plan<T>): T =>
    drive(withDelivery(plan, settings, server), transport, server);
  return server.command === testButton
    ? runPlan(testModule())
    : toServerEntry(runPlan(startForServer(server.command, server.args, server.version)));
};

const describe = (thrown: unknown): string => {
  if (thrown instanceof DuoError) {
    return explain(thrown);
  }
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return `The integration failed in an unexpected way: ${sanitizeText(what)}. This never lets a user in; please report it.`;
};

/** Run the command that the server asks for. It never throws: a failure is an error entry. */
export const main = (server: Server): Answer => {
  server.logDebug(`Duo Auth API: running ${sanitizeText(server.command)}.`);
  try {
    return run(server);
  } catch (thrown) {
    const text = describe(thrown);
    // The Test button shows any text but 'ok' as the reason for its failure.
    return server.command === testButton ? text : toErrorEntry(text);
  }
};
