// Proves that a text command is one file, one entry in the table, and its test: adds one to a copy of
// the tree, writes what is generated, checks types, and runs the suites that see the commands.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
// Inside the tree, so that packages are found where they are; git ignores it.
const copy = join(root, 'reports', 'new-command');

const command = `import { checkRequest, parseCheckResponse } from '../../duo/endpoints/ping.ts';
import { ask, map } from '../../duo/plan.ts';
import { requiredText } from '../argument.ts';
import { defineCommand } from '../command.ts';
import { output } from '../entry.ts';

export const duoToy = defineCommand({
  name: 'duo-toy',
  description: 'Gives a word back.',
  arguments: { word: requiredText('The word.', { positional: true }) },
  outputs: [output('Duo.Toy.Word', 'The word.')],
  examples: ['!duo-toy word=hello'],
  samples: [{ args: { word: 'hello' }, responses: [{ time: 1_700_000_000 }] }],
  plan: ({ word }) =>
    map(ask(checkRequest(), parseCheckResponse), ({ raw }) => ({
      readable: { title: 'Duo toy', rows: [{ Word: word }] },
      contents: raw,
      context: { 'Duo.Toy': { Word: word } },
    })),
});
`;

const test = `import { expect, it } from 'vitest';
import { dispatch } from '../../../src/integration/commands/table.ts';

it('gives the word back', () => {
  expect(dispatch('duo-toy', { word: 'hello' })).toBeTypeOf('function');
  expect(() => dispatch('duo-toy', {})).toThrow('word: is missing');
});
`;

const run = (program: string, ...args: string[]): void => {
  process.stdout.write(`${program} ${args.join(' ')}\n`);
  execFileSync(program, args, { cwd: copy, stdio: 'inherit' });
};

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
};

const addToTable = (text: string): string =>
  text
    .replace(/\n\nconst all = \[/, "\nimport { duoToy } from './duo-toy.ts';$&")
    .replace(/\n\] as const;/, '\n  duoToy,$&');

rmSync(copy, { recursive: true, force: true });
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
for (const path of tracked.split('\0').filter((one) => one !== '')) {
  cpSync(join(root, path), join(copy, path));
}

write('src/integration/commands/duo-toy.ts', command);
write('test/integration/commands/duo-toy.test.ts', test);
const table = 'src/integration/commands/table.ts';
write(table, addToTable(readFileSync(join(copy, table), 'utf8')));

try {
  // Some suites ask git for the files of the tree.
  run('git', 'init', '--quiet');
  run('git', 'add', '--all');
  run('npm', 'run', '--silent', 'generate');
  run('npm', 'run', '--silent', 'types');
  // The bundle's suite needs packages at their usual place, so the bundle is not built here.
  const suites = ['cli', 'docs', 'hosts/xsoar/main', 'integration', 'pack', 'scripts/reference'];
  const vitest = ['vitest', 'run', '--coverage.enabled=false', '--reporter=dot'];
  run('npx', ...vitest, ...suites.map((suite) => `test/${suite}`));
  if (!readFileSync(join(copy, 'integration.yml'), 'utf8').includes('duo-toy')) {
    throw new Error('integration.yml does not have the new command');
  }
  process.stdout.write('A new command is one file, one entry in the table, and its test.\n');
} finally {
  rmSync(copy, { recursive: true, force: true });
}
