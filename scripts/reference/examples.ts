import { mergeContext } from '../../src/cli/context/context.ts';
import type { Values } from '../../src/cli/context/values.ts';
import { prepareLine } from '../../src/cli/line/prepare-line.ts';
import type { ErrorEntry, ServerEntry } from '../../src/hosts/xsoar/main.ts';
import { xsoarCommands } from '../../src/integration/commands/table.ts';
import { createManualClock, startSimulator } from '../../src/simulator/index.ts';
import type { RunCommand } from '../../testing/playbook/run-playbook.ts';
import { scheduledServer } from '../../testing/scheduled-server.ts';

type AnswerEntry = Exclude<ServerEntry, ErrorEntry>;

/** A war-room line and what came of it. */
export interface Example {
  readonly line: string;
  readonly entry: AnswerEntry;
}

const lines = [...xsoarCommands.values()].flatMap(({ examples }) => examples);

/** The pack's `command_examples`: a war-room line for each example of the command table. */
export const commandExamples = (): string => `${lines.join('\n')}\n`;

// Whole seconds, as Duo tells the time: the clocks of both sides then agree.
const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);

// As the server does it: on and on while the entry asks for that.
const runToEnd = async (run: RunCommand, command: string, args: Values): Promise<AnswerEntry> => {
  let entry: AnswerEntry;
  let next = { command, args };
  do {
    const answer = await run(next.command, next.args);
    if (answer.Type === 4) {
      throw new Error(`${next.command}: ${answer.Contents}`);
    }
    entry = answer;
    if ('PollingCommand' in entry) {
      next = { command: entry.PollingCommand, args: entry.PollingArgs };
    }
  } while ('PollingCommand' in entry);
  return entry;
};

// The simulator's time does not move but for users who take theirs to answer: clocks that are compared
// under load would differ by chance.
const whileTimePasses = async <T>(
  advance: (seconds: number) => void,
  work: Promise<T>,
): Promise<T> => {
  const ticking = setInterval(() => advance(1), 10);
  try {
    return await work;
  } finally {
    clearInterval(ticking);
  }
};

/** Run the examples of the command table against a simulator; by command, what they gave. */
export const captureExamples = async (): Promise<ReadonlyMap<string, readonly Example[]>> => {
  const simulator = await startSimulator({ clock: createManualClock(startMs) });
  const { hostname, ikey, skey, caFile, control } = simulator;
  const run = scheduledServer({ hostname, ikey, skey, ca_file: caFile }, '8.4.0', control.now);
  const examples = new Map<string, Example[]>();
  let context: Values = {};
  try {
    for (const line of lines) {
      const { command, args } = prepareLine(line, context);
      const { name } = command;
      const work = runToEnd(run, name, args);
      const waits = command.waitingText(args) !== undefined;
      const entry = await (waits ? whileTimePasses(control.advance, work) : work);
      context = mergeContext(context, entry.EntryContext);
      examples.set(name, [...(examples.get(name) ?? []), { line, entry }]);
    }
  } finally {
    await simulator.close();
  }
  return examples;
};
