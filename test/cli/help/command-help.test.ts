import { expect, it } from 'vitest';
import { commandHelp, commandList } from '../../../src/cli/help/command-help.ts';
import { createLayout, helpColumns } from '../../../src/cli/help/layout.ts';
import { commands } from '../../../src/integration/commands/table.ts';

const layout = createLayout(80);

it.each([...commands.values()])('$name: every argument and output is there', (command) => {
  const help = commandHelp(command, layout);
  const words = help.split(/\s+/);
  for (const name of Object.keys(command.arguments)) {
    expect(words).toContain(name);
  }
  for (const { contextPath } of command.outputs) {
    expect(words).toContain(contextPath);
  }
});

it('tells of an argument what a person has to know', () => {
  const authenticate = commands.get('duo-authenticate');
  const help = authenticate && commandHelp(authenticate, createLayout(1000));
  const flat = help?.replace(/\s+/g, ' ');
  expect(flat).toContain('One of auto, push, passcode, sms, phone; default auto.');
  expect(flat).toContain('A secret: never kept in the history.');
  expect(flat).toContain('Its name may be left out.');
  expect(flat).toContain('in seconds. Default 90.');
  const status = commands.get('duo-authenticate-status');
  expect(status && commandHelp(status, layout)).toContain('Required.');
});

it('has no headings over nothing', () => {
  const check = commands.get('duo-check');
  expect(check && commandHelp(check, layout)).not.toContain('Arguments:');
});

it('fits its width', () => {
  const help = [...commands.values()].map((command) => commandHelp(command, layout)).join('\n');
  for (const line of [...help.split('\n'), ...commandList(commands.values(), layout).split('\n')]) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
});

it.each([
  [undefined, 80],
  [60, 60],
  [200, 100],
])('is as wide as reads well: %s columns', (columns, width) => {
  expect(helpColumns(columns)).toBe(width);
});
