import { expect, it } from 'vitest';
import { commandHelp, commandList, helpColumns, lineHelp } from '../../src/cli/help.ts';
import { commands } from '../../src/integration/commands/table.ts';

it.each([...commands.values()])(
  '$name: every argument and output is there, and no second name',
  (command) => {
    const words = commandHelp(command.name, 80).split(/\s+/);
    for (const [name, { aliasOf }] of Object.entries(command.arguments)) {
      expect(words.includes(name)).toBe(aliasOf === undefined);
    }
    for (const { contextPath } of command.outputs) {
      expect(words).toContain(contextPath);
    }
  },
);

it('says of an argument what a person has to know', () => {
  const flat = commandHelp('duo-authenticate', 1000).replace(/\s+/g, ' ');
  expect(flat).toContain('One of auto, push, passcode, sms, phone; default auto.');
  expect(flat).toContain('A secret: never kept in the history.');
  expect(flat).toContain('Its name may be left out.');
  expect(flat).toContain('in seconds. Default 90.');
  expect(commandHelp('!duo-authenticate-status', 80)).toContain('Required.');
});

it('has no headings over nothing', () => {
  expect(commandHelp('duo-check', 80)).not.toContain('Arguments:');
});

it.each([60, 80, 100])('fits %i columns, but for a path that is longer', (columns) => {
  const help = [...commands.keys()].map((name) => commandHelp(name, columns)).join('\n');
  const lines = [help, commandList(columns), lineHelp(columns)].join('\n').split('\n');
  const isPath = (line: string) => /^ {2}Duo\./.test(line) || /^ {20}/.test(line);
  for (const line of lines.filter((one) => columns >= 80 || !isPath(one))) {
    expect(line.length, line).toBeLessThanOrEqual(Math.max(columns, 76));
  }
});

it.each([
  [undefined, 80],
  [60, 60],
  [200, 100],
])('is as wide as reads well: %s columns', (columns, width) => {
  expect(helpColumns(columns)).toBe(width);
});
