import { DuoError, explain } from '../src/duo/errors/duo-error.ts';
import { drive } from '../src/hosts/node/drive.ts';
import { createTransport } from '../src/hosts/node/transport.ts';
import { startForServer, toErrorEntry, toServerEntry } from '../src/hosts/xsoar/main.ts';
import { loadParams } from '../src/integration/params.ts';
import type { RunCommand } from './playbook/run-playbook.ts';
import { withoutWaits } from './run-plan.ts';

/**
 * An instance on a server of this version, for tests without the server's engine: the entries are
 * XSOAR's, the requests go out over Node's own HTTP.
 */
export const scheduledServer = (
  params: Readonly<Record<string, unknown>>,
  version = '8.4.0',
  now: () => number = Date.now,
): RunCommand => {
  const { send } = createTransport(loadParams(params), { now });
  return async (command, args) => {
    try {
      return toServerEntry(
        await drive(withoutWaits(startForServer(command, args, { version })), send),
      );
    } catch (error) {
      if (error instanceof DuoError) {
        return toErrorEntry(explain(error));
      }
      throw error;
    }
  };
};
