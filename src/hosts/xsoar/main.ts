import { DuoError, explain } from '../../duo/errors/duo-error.ts';
import type { Plan } from '../../duo/plan.ts';
import { sanitizeText } from '../../duo/text.ts';
import { dispatch } from '../../integration/dispatch.ts';
import type { Entry } from '../../integration/entry.ts';
import { loadParams } from '../../integration/params.ts';
import { testModule } from '../../integration/test-module.ts';
import { deliver } from './deliver.ts';
import { drive } from './drive.ts';
import { type ErrorEntry, toErrorEntry } from './error-entry.ts';
import { type PollingEntry, toServerEntry } from './polling-entry.ts';
import { pollingStyleOf } from './polling-style.ts';
import type { Server } from './server.ts';
import { createTransport } from './transport.ts';

/** What the script hands back: an entry, or for the Test button `'ok'` or what is wrong. */
export type Answer = Entry | PollingEntry | ErrorEntry | string;

const testButton = 'test-module';

const run = (server: Server): Answer => {
  const { settings, warnings } = loadParams(server.params);
  for (const { name, rule } of warnings) {
    server.logDebug(`Duo Auth API: ${name} ${rule}.`);
  }
  const transport = createTransport(settings, server);
  const go = <T>(plan: Plan<T>): T =>
    drive(deliver(plan, settings, server), transport, server.wait);
  if (server.command === testButton) {
    return go(testModule());
  }
  // The server checks arguments against the YAML and adds some of its own.
  const start = dispatch(server.command, server.args, { unknownArguments: 'ignore' });
  const polling = pollingStyleOf(server.command, server.version);
  return toServerEntry(go(start({ polling })));
};

const describe = (thrown: unknown): string => {
  if (thrown instanceof DuoError) {
    return explain(thrown);
  }
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return `The integration failed in a way it does not expect: ${sanitizeText(what)}. Nobody is let in by this; please report it.`;
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
