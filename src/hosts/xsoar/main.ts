import { DuoError, explain } from '../../duo/errors/duo-error.ts';
import type { Plan } from '../../duo/plan.ts';
import { sanitizeText } from '../../duo/text.ts';
import type { PollingMode } from '../../integration/command.ts';
import { xsoarCommands } from '../../integration/commands/table.ts';
import { findCommand, startCommand } from '../../integration/dispatch.ts';
import { loadParams } from '../../integration/params.ts';
import { testModule } from '../../integration/test-module.ts';
import { drive, withDelivery } from './drive.ts';
import { type ServerEntry, toErrorEntry, toServerEntry } from './entry.ts';
import { createTransport } from './http.ts';
import { canSchedule, type Server } from './server.ts';

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
    drive(withDelivery(plan, settings, server), transport, server.wait);
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
