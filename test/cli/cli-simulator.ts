import type { CliContext } from '../../src/cli/cli-context.ts';
import { createSystemClock, type Simulator } from '../../src/simulator/index.ts';
import { startStill } from '../../testing/running-simulator.ts';

const phone = [{ kind: 'smartphone', platform: 'iOS', number: '+1 734 555 0101' }] as const;

/** A simulator whose people answer at once: alice approves, erin denies, tim never does. */
export const startQuick = (): Promise<Simulator> =>
  startStill(
    {
      users: [
        { username: 'alice', answer: 'approve', answerAfterSeconds: 0, devices: [...phone] },
        { username: 'erin', answer: 'deny', answerAfterSeconds: 0, devices: [...phone] },
        { username: 'tim', answer: 'ignore', devices: [...phone] },
      ],
    },
    // Its clock has to run, or no one would ever answer.
    { clock: createSystemClock() },
  );

/** The environment that points the command line at a simulator. */
export const environmentOf = ({ hostname, ikey, skey, caFile }: Simulator): CliContext['env'] => ({
  DUO_HOSTNAME: hostname,
  DUO_IKEY: ikey,
  DUO_SKEY: skey,
  DUO_CA_FILE: caFile,
});

/** The same as parameters of an instance. */
export const paramsOf = ({ hostname, ikey, skey, caFile }: Simulator) => ({
  hostname,
  ikey,
  skey,
  ca_file: caFile,
});
