import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { buildCli } from '../../testing/cli-build.ts';
import { callOk } from '../simulator/duo-caller.ts';
import { describePeer, missingCommand, missingFile, peersHome } from './peer.ts';

const root = resolve(import.meta.dirname, '../..');
const { PATH: path = '' } = process.env;
const run = promisify(execFile);

/** The example of docs/simulator.md in this language that contains the text, as it is there. */
const exampleOf = async (language: string, text: string): Promise<string> => {
  const page = await readFile(join(root, 'docs/simulator.md'), 'utf8');
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'));
  const found = [...blocks].map(([, code = '']) => code).filter((code) => code.includes(text));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};

let folder: string;

beforeEach(async ({ task }) => {
  // Inside the project, so that its packages are found.
  folder = join(root, 'reports', `simulator-example-${process.pid}-${task.id}`);
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

describe('the control API', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  const environment = () => ({
    PATH: path,
    DUO_HOSTNAME: simulator.hostname,
    DUO_CA_FILE: simulator.caFile,
    NODE_EXTRA_CA_CERTS: simulator.caFile,
    TOKEN: new URLSearchParams(new URL(simulator.phoneUrl).hash.slice(1)).get('token') ?? '',
  });

  describePeer('from a shell', missingCommand('curl', ['--version']), () => {
    it('adds a user, changes the user, and sets a fault', async () => {
      const script = await exampleOf('sh', 'control POST');
      const { stdout } = await run('bash', ['-euc', script], { env: environment() });
      expect(stdout).toContain('"username":"ann"');
      const ann = simulator.control.users().find(({ username }) => username === 'ann');
      expect(ann).toMatchObject({ answer: 'deny', devices: [{ kind: 'smartphone' }] });
      await expect(callOk(simulator, 'POST', 'preauth', { username: 'ann' })).rejects.toThrow(
        /42901/,
      );
      expect(
        await callOk(simulator, 'POST', 'auth', {
          username: 'ann',
          factor: 'push',
          device: 'auto',
        }),
      ).toMatchObject({ result: 'deny' });
    });
  });

  it('from TypeScript: approves what is pending', async () => {
    const { txid } = await callOk(simulator, 'POST', 'auth', {
      username: 'grace',
      factor: 'push',
      device: 'auto',
      async: '1',
    });
    const program = join(folder, 'approve.mjs');
    const source = await exampleOf('ts', '/answer');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    await writeFile(program, outputText);
    await run(process.execPath, [program], { env: environment() });
    expect(simulator.control.transaction(String(txid))).toMatchObject({ result: 'allow' });
  });
});

describe('the Vitest fixture', () => {
  it('runs', async () => {
    await writeFile(join(folder, 'duo.test.ts'), await exampleOf('ts', 'base.extend'));
    const alias = {
      'xsoar-duo/simulator': join(root, 'src/simulator/index.ts'),
      'xsoar-duo': join(root, 'src/index.ts'),
    };
    await writeFile(
      join(folder, 'vitest.config.mjs'),
      `export default { resolve: { alias: ${JSON.stringify(alias)} } };`,
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const { stdout } = await run(process.execPath, [vitest, 'run', '--root', folder], {
      env: { PATH: path, NO_COLOR: '1' },
    });
    expect(stdout).toMatch(/Tests +1 passed/);
  });
});

const python = `${peersHome}/python/bin/python`;
const missingPytest =
  missingFile(python) ?? missingCommand(python, ['-c', 'import duo_client, pytest']);

describePeer('the pytest fixture', missingPytest, () => {
  it('runs', async () => {
    const { program, remove } = await buildCli();
    const command = join(folder, 'xsoar-duo');
    await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    await chmod(command, 0o755);
    const example = join(folder, 'test_duo.py');
    await writeFile(example, await exampleOf('python', 'pytest.fixture'));
    const output = execFileSync(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', example], {
      env: { PATH: `${folder}${delimiter}${path}`, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    });
    expect(output).toContain('2 passed');
    await remove();
  });
});
