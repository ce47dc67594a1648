// What the documents show besides TypeScript, which examples.test.ts compiles.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prepareLine } from '../../src/cli/line/prepare-line.ts';
import { runProgram } from '../../src/cli/program.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { fakeContext } from '../cli/cli-context.ts';

interface Snippet {
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

const documents = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((name) => name.endsWith('.md') && !name.startsWith('docs/decisions/'));

const snippets: readonly Snippet[] = documents.flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(
    ([, indent = '', language = '', text = ''], index) => ({
      name: `${document}, snippet ${index + 1}`,
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);

const of = (...languages: readonly string[]) =>
  snippets.filter(({ language }) => languages.includes(language));

/** What is typed: of a console the lines after the prompt, without what they print. */
const typed = ({ language, text }: Snippet): string =>
  language === 'console'
    ? [...text.matchAll(/^\$ (.*)$/gm)].map(([, line]) => line).join('\n')
    : text;

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
const npmOwn = ['ci', 'install', 'pack', 'test', 'start'];

it('every snippet is in a language that is checked', () => {
  const checked = ['ts', 'sh', 'console', 'yaml', 'json', 'text', 'mermaid', 'python'];
  expect(snippets.filter(({ language }) => !checked.includes(language))).toEqual([]);
  expect(snippets.length).toBeGreaterThan(30);
});

describe('shell', () => {
  it.each(of('sh', 'console'))('$name has no fault of syntax', (snippet) => {
    const { stderr, status } = spawnSync('bash', ['-n'], {
      input: typed(snippet),
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each(of('sh', 'console'))('$name names scripts and files that exist', (snippet) => {
    const text = typed(snippet);
    for (const [, verb = '', script = ''] of text.matchAll(/(?:^|&& )npm (\w+)(?: ([\w:-]+))?/gm)) {
      expect(verb === 'run' ? scripts : npmOwn).toContain(verb === 'run' ? script : verb);
    }
    for (const [, file = ''] of text.matchAll(/(?:node|bash|sh) ((?:scripts|bench|test)\/\S+)/g)) {
      expect(existsSync(file), file).toBe(true);
    }
  });

  const calls = of('sh', 'console').flatMap((snippet) =>
    [...typed(snippet).matchAll(/xsoar-duo ([a-z-]+)(.*)$/gm)].map(
      ([, command = '', rest = '']) => ({ name: snippet.name, command, rest }),
    ),
  );

  it.each(calls)('$name: $command has the options that are shown', async ({ command, rest }) => {
    const context = fakeContext();
    expect(await runProgram(['help', command], context)).toBe(0);
    const options = rest.replace(/'[^']*'|#.*/g, '').match(/(?<=\s)--[a-z-]+/g) ?? [];
    for (const option of options) {
      expect(context.stdout.text).toContain(option);
    }
  });
});

it.each(of('python'))('$name is Python', ({ text }) => {
  const check = 'import ast, sys; ast.parse(sys.stdin.read())';
  const { stderr, status } = spawnSync('python3', ['-c', check], { input: text, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

it.each(of('json'))('$name is JSON', ({ text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});

it.each(of('yaml').filter(({ text }) => !text.includes('faults:')))('$name is YAML', ({ text }) => {
  expect(Object.keys(parse(text)).length).toBeGreaterThan(0);
});

it.each(of('yaml').filter(({ text }) => text.includes('faults:')))(
  '$name is a configuration of the simulator',
  async ({ text }) => {
    const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-snippets-'));
    writeFileSync(join(folder, 'simulator.yml'), text);
    const simulator = await startSimulator({ config: join(folder, 'simulator.yml') });
    await simulator.close();
    rmSync(folder, { recursive: true });
  },
);

const lines = of('text').flatMap(({ name, text }) =>
  [...text.matchAll(/^!.*$/gm)].map(([line]) => ({ name, line })),
);

it.each(lines)('$name: the war room understands $line', ({ line }) => {
  expect(prepareLine(line, { Incident: { ID: '7' } }).command.name).toMatch(/^duo-/);
});
