import { describe, expect, it } from 'vitest';
import { commands } from '../../src/integration/commands/table.ts';
import { readPlaybook } from '../../testing/playbook/read-playbook.ts';

const paths = [
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
      const command = commands.get(task.script?.replace('|||', '') ?? '');
      expect(command, `task ${id}`).toBeDefined();
      for (const name of Object.keys(scriptarguments)) {
        expect(Object.keys(command?.arguments ?? {}), `task ${id}`).toContain(name);
      }
    }
  });

  it('uses every input, and no other', () => {
    const used = new Set(
      [...JSON.stringify(playbook.tasks).matchAll(/inputs\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(playbook.inputs.map(({ key }) => key).sort());
  });
});

describe('Verify User with Duo', () => {
  const { tasks } = readPlaybook('pack/Playbooks/playbook-Verify_User_with_Duo.yml');

  it('leads every condition somewhere by default', () => {
    for (const [id, { conditions, nexttasks = {} }] of Object.entries(tasks)) {
      if (conditions !== undefined) {
        const labels = [...conditions.map(({ label }) => label), '#default#'];
        expect(Object.keys(nexttasks).sort(), `task ${id}`).toEqual(labels.sort());
      }
    }
  });

  it('comes to Verified by an approval or a bypass only', () => {
    const ways = Object.values(tasks).flatMap(({ id, nexttasks = {} }) =>
      Object.entries(nexttasks).flatMap(([label, to]) => to.map((next) => ({ id, label, next }))),
    );
    const into = (name: string) =>
      ways.filter(({ next }) => tasks[next]?.task.name === name).map(({ label }) => label);
    expect(new Set(into('Verified'))).toEqual(new Set(['#none#']));
    expect(new Set(into('Approved'))).toEqual(new Set(['approved']));
    expect(new Set(into('Let in without a second factor'))).toEqual(new Set(['allow', 'bypassed']));
  });
});
