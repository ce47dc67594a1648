import { describe, expect, it } from 'vitest';
import { commands } from '../../src/integration/commands/table.ts';
import { readPlaybook } from '../../testing/playbook/read-playbook.ts';

const paths = [
  'pack/Playbooks/playbook-Duo_-_Ask_User.yml',
  'pack/Playbooks/playbook-Verify_User_with_Duo.yml',
  'pack/TestPlaybooks/playbook-Duo_Auth_API_-_Test.yml',
];

describe.each(paths)('%s', (path) => {
  const playbook = readPlaybook(path);
  const tasks = Object.entries(playbook.tasks);

  it('has one name, a description, and its start', () => {
    expect(playbook.id).toBe(playbook.name);
    expect(playbook.description).toMatch(/\.$/);
    expect(playbook.tasks[playbook.starttaskid]?.type).toBe('start');
  });

  it('has tasks that are all reached, each under its own id', () => {
    const reached = new Set([playbook.starttaskid]);
    for (const id of reached) {
      const next = Object.values(playbook.tasks[id]?.nexttasks ?? {}).flat();
      for (const to of next) {
        reached.add(to);
      }
    }
    expect([...reached].sort()).toEqual(tasks.map(([key]) => key).sort());
    for (const [key, task] of tasks) {
      expect(task.id).toBe(key);
      expect(task.taskid).toBe(task.task.id);
    }
    expect(new Set(tasks.map(([, { taskid }]) => taskid)).size).toBe(tasks.length);
  });

  it('runs commands that exist, with arguments that they declare', () => {
    for (const [id, { task, scriptarguments = {} }] of tasks.filter(
      ([, one]) => one.task.iscommand,
    )) {
      const command = commands.get(task.script?.replace('DuoAuthAPI|||', '') ?? '');
      expect(command, `task ${id}`).toBeDefined();
      for (const name of Object.keys(scriptarguments)) {
        expect(Object.keys(command?.arguments ?? {}), `task ${id}`).toContain(name);
      }
    }
  });

  it('pins each command to this integration: the built-in one has commands of the same names', () => {
    for (const [id, { task }] of tasks.filter(([, one]) => one.task.iscommand)) {
      expect(task.script, `task ${id}`).toMatch(/^DuoAuthAPI\|\|\|duo-/);
    }
  });

  it('uses every input, and no other', () => {
    const used = new Set(
      [...JSON.stringify(playbook.tasks).matchAll(/inputs\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(playbook.inputs.map(({ key }) => key).sort());
  });
});

describe.each(paths.slice(0, 2))('%s', (path) => {
  const { tasks } = readPlaybook(path);

  it('leads every condition somewhere by default', () => {
    for (const [id, { conditions, nexttasks = {} }] of Object.entries(tasks)) {
      if (conditions !== undefined) {
        const labels = [...conditions.map(({ label }) => label), '#default#'];
        expect(Object.keys(nexttasks).sort(), `task ${id}`).toEqual(labels.sort());
      }
    }
  });
});

describe('Verify User with Duo', () => {
  const { tasks } = readPlaybook('pack/Playbooks/playbook-Verify_User_with_Duo.yml');
  const ways = Object.values(tasks).flatMap(({ id, nexttasks = {} }) =>
    Object.entries(nexttasks).flatMap(([label, to]) => to.map((next) => ({ id, label, next }))),
  );
  const into = (name: string) =>
    ways
      .filter(({ next }) => tasks[next]?.task.name === name)
      .map(({ id, label }) => `${tasks[id]?.task.name}: ${label}`);

  it('marks a user as verified after an approval or a bypass only', () => {
    const marking = Object.values(tasks).filter(({ scriptarguments: { key, value } = {} }) =>
      key?.simple === 'Duo.Verification.Verified' ? value?.simple !== 'false' : false,
    );
    expect(marking.map(({ task }) => task.name)).toEqual(['Mark the user as verified']);
    expect(into('Mark the user as verified')).toEqual([
      'Check whether the user was approved: approved',
      'Record that no second factor is required: #none#',
    ]);
    expect(into('Record that no second factor is required')).toEqual([
      'What does Duo require of the user?: allow',
    ]);
  });

  it('asks the user three times at most', () => {
    const asking = Object.values(tasks).filter(({ type }) => type === 'playbook');
    expect(asking).toMatchObject([{ loop: { max: 3 }, separatecontext: true }]);
  });
});
