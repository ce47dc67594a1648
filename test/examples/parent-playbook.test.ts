import { expect, it } from 'vitest';
import type { ServerEntry } from '../../src/hosts/xsoar/main.ts';
import { allSteps, readPlaybook } from '../../testing/playbook/read-playbook.ts';
import { PlaybookInterpreter, type RunCommand } from '../../testing/playbook/run-playbook.ts';
import { scheduledServer } from '../../testing/scheduled-server.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const playbook = readPlaybook('examples/parent-playbook/playbook-Release_Payment.yml');
const playbooks = ['Verify_User_with_Duo', 'Duo_-_Ask_User'].map((name) =>
  readPlaybook(`pack/Playbooks/playbook-${name}.yml`),
);
const simulator = simulatorForFile();

// What the server's own command answers.
const setIncident: ServerEntry = {
  Type: 1,
  ContentsFormat: 'json',
  Contents: {},
  ReadableContentsFormat: 'markdown',
  HumanReadable: 'done',
  EntryContext: {},
  IgnoreAutoExtract: true,
};

/** Run the playbook for this clerk: its own steps, and what it had the server do. */
const release = async (Clerk: string) => {
  const { hostname, ikey, skey, caFile } = simulator();
  const duo = scheduledServer({ hostname, ikey, skey, ca_file: caFile });
  const builtIn: unknown[] = [];
  const run: RunCommand = async (command, args) => {
    if (!command.startsWith('Builtin|||')) {
      return duo(command, args);
    }
    builtIn.push([command, args]);
    return setIncident;
  };
  const inputs = { Clerk, Payment: 'Invoice 4711' };
  const { steps, endedAt, stopped } = await new PlaybookInterpreter(playbook, {
    run,
    inputs,
    playbooks,
  }).run();
  const known = new Set(allSteps(playbook));
  expect({ endedAt, stopped }).toEqual({ endedAt: 'Done', stopped: undefined });
  const ids = steps.filter((step) => known.has(step)).map((step) => step.split('-> ')[1] ?? '');
  return { tasks: ids.map((id) => playbook.tasks[id]?.task.name), builtIn };
};

it('releases the payment when the clerk approves, and the push says which', async () => {
  const running = release('grace');
  await expect.poll(() => simulator().control.pending()).toHaveLength(1);
  const [push] = simulator().control.pending();
  expect(push?.pushInfo).toEqual([
    { name: 'From', value: 'XSOAR' },
    { name: 'Payment', value: 'Invoice 4711' },
  ]);
  simulator().control.answer(push?.txid ?? '', 'approve');
  expect((await running).tasks).toContain('Release the payment');
});

it('raises the severity and has the clerk called when the clerk reports fraud', async () => {
  const { tasks, builtIn } = await release('frank');
  expect(tasks).toEqual(expect.arrayContaining(['Raise the severity', 'Call the clerk']));
  expect(tasks).not.toContain('Release the payment');
  expect(builtIn).toEqual([['Builtin|||setIncident', { severity: 'critical' }]]);
});

it.each([
  ['erin', 'denies'],
  ['carol', 'is disabled'],
  ['dave', 'is not enrolled'],
  ['bob', 'is let in without being asked'],
])('has the clerk called where %s %s', async (clerk) => {
  const { tasks, builtIn } = await release(clerk);
  expect(tasks).toContain('Call the clerk');
  expect(tasks).not.toContain('Release the payment');
  expect(builtIn).toEqual([]);
});

it('has the clerk called where Duo does not answer', async () => {
  simulator().control.setFaults([{ kind: 'reset' }]);
  expect((await release('alice')).tasks).toContain('Call the clerk');
});
