// The examples that need more than Node: each is run as its reader would run it.
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { buildCli } from '../../testing/cli-build.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { startChild } from './child-server.ts';
import { programs } from './front-proxies.ts';
import { describePeer, missingCommand, missingFile, peersHome } from './peer.ts';

let build: Awaited<ReturnType<typeof buildCli>>;
let simulator: Simulator;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-examples-'));
  [build, simulator] = await Promise.all([buildCli(), startSimulator()]);
  // What `npm install --global` leaves.
  const command = join(folder, 'xsoar-duo');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${build.program}" "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([build?.remove(), simulator?.close()]);
});

/** The variables of a machine with the program installed and the keys of the simulator. */
const environment = () => ({
  PATH: `${folder}:${process.env['PATH']}`,
  DUO_HOSTNAME: simulator.hostname,
  DUO_IKEY: simulator.ikey,
  DUO_SKEY: simulator.skey,
  DUO_CA_FILE: simulator.caFile,
});

const run = (command: string, args: readonly string[], more: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((settle) => {
    const env = { ...environment(), ...more };
    execFile(command, args, { env }, (error, stdout, stderr) =>
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

describePeer('the clients of JSON lines', missingCommand('jq', ['--version']), () => {
  it.each(['client.py', 'client.sh'])('%s says what Duo says of each user', async (name) => {
    const { code, stdout, stderr } = await run(`examples/json-lines/${name}`, ['bob', 'alice']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'bob: allow\nalice: auth\n',
      stderr: '',
    });
  });

  it.each(['client.py', 'client.sh'])('%s fails for a user that is none', async (name) => {
    const { code, stdout, stderr } = await run(`examples/json-lines/${name}`, ['', 'bob']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'bob: allow\n' });
    expect(stderr).toContain('username');
  });
});

describe('the job of GitHub Actions', () => {
  const { jobs } = parse(readFileSync('examples/github-actions/deploy.yml', 'utf8'));
  const [, ask] = jobs.approval.steps;

  it.each([
    ['alice', 0],
    ['erin', 3],
    ['carol', 3],
  ])('asks %s, and ends with %i', async (author, expected) => {
    expect(ask.env.AUTHOR).toContain('github.actor');
    expect(jobs.deploy.needs).toBe('approval');
    // As the runner of GitHub starts it.
    const { code } = await run('bash', ['-e', '-c', ask.run], { AUTHOR: author });
    expect(code).toBe(expected);
  });
});

const nodeRed = join(peersHome, 'node-red/node_modules/node-red/red.js');

describePeer('the flow of Node-RED', missingFile(nodeRed), () => {
  it('answers when the user has', async () => {
    const home = join(folder, 'node-red');
    const installed = join(home, 'node_modules/xsoar-duo');
    mkdirSync(installed, { recursive: true });
    cpSync('package.json', join(installed, 'package.json'));
    symlinkSync(dirname(build.program), join(installed, 'dist'));
    writeFileSync(join(home, 'package.json'), '{"dependencies":{"xsoar-duo":"*"}}');
    const port = await freePort();
    const settings = {
      flowFile: resolve('examples/node-red/flow.json'),
      uiPort: port,
      uiHost: '127.0.0.1',
      disableEditor: true,
      functionExternalModules: true,
    };
    writeFileSync(join(home, 'settings.js'), `module.exports = ${JSON.stringify(settings)};\n`);
    const server = await startChild(
      process.execPath,
      [nodeRed, '--userDir', home, '--settings', join(home, 'settings.js')],
      port,
      environment(),
    );
    onTestFinished(() => server.stop());
    const approve = async (username: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/approvals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, action: 'Close incident' }),
      });
      return { status: response.status, body: await response.json() };
    };
    await expect.poll(async () => (await approve('bob')).status, { timeout: 20_000 }).toBe(200);
    expect(await approve('alice')).toMatchObject({ status: 200, body: { result: 'allow' } });
    expect(await approve('erin')).toMatchObject({ status: 403, body: { result: 'deny' } });
    expect(await approve('')).toEqual({ status: 503, body: { error: 'duo_refused' } });
  });
});

describePeer('nginx with forward-auth', missingFile(programs.nginx), () => {
  it('lets in who has approved, and says who it is', async () => {
    // Three in a row, as the script takes them.
    const port = await freePort();
    const child = spawn('bash', ['examples/nginx/start.sh', String(port)], {
      env: { ...environment(), XSOAR_DUO: join(folder, 'xsoar-duo') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((settle) => child.once('exit', settle));
    onTestFinished(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 30_000 }).toContain('Approve');
    const browser = new CookieBrowser(`https://localhost:${port}`);
    await expect
      .poll(async () => (await browser.get('/').catch(() => undefined))?.status, {
        timeout: 10_000,
      })
      .toBe(200);
    expect(new URL(browser.page.url).pathname).toBe('/auth/login');
    await browser.post('/auth/login', { username: 'alice', password: 'correct horse' });
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(() => browser.text.includes('Hello alice'), '/');
  });
});

describe('docs/command-line.md', () => {
  const text = readFileSync('docs/command-line.md', 'utf8');
  const consoles = [...text.matchAll(/^```console\n\$ (.*)\n([\s\S]*?)^```$/gm)].map(
    ([, command = '', printed = '']) => ({ command, printed }),
  );

  it.each(consoles)('$command', async ({ command, printed }) => {
    const { code, stdout } = await run('bash', ['-c', command]);
    expect(code).toBe(0);
    expect(stdout).toContain(printed);
    expect(stdout).not.toBe('');
  });
});
