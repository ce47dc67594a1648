// The program as it is installed: a process of its own, with real streams and real signals.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Simulator } from '../../src/simulator/index.ts';
import { buildCli } from '../../testing/cli-build.ts';
import { freePort } from '../../testing/free-port.ts';
import { keys } from '../../testing/keys.ts';
import { writeUsers } from '../../testing/running-gateway.ts';
import { until } from '../../testing/running-simulator.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

let build: Awaited<ReturnType<typeof buildCli>>;

beforeAll(async () => {
  build = await buildCli();
}, 60_000);

afterAll(() => build.remove());

const launch = (args: string[], env: Readonly<Record<string, string | undefined>> = {}) => {
  const child = spawn(process.execPath, [build.program, ...args], {
    env: { PATH: process.env['PATH'], ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, output, ended };
};

const run = async (args: string[], simulator?: Simulator, stdin = '') => {
  const { child, output, ended } = launch(args, simulator && environmentOf(simulator));
  child.stdin.end(stdin);
  return { code: await ended, ...output };
};

it('ends with 0 when it is done, a deny too', async () => {
  const simulator = await startQuick();
  const { code, stdout } = await run(['exec', '!duo-authenticate erin'], simulator);
  expect(stdout).toContain('Do not let the user in.');
  expect(code).toBe(0);
});

it('ends with 1 when Duo or the network fails', async () => {
  const { ended, output } = launch(['test'], {
    DUO_HOSTNAME: 'localhost:1',
    DUO_IKEY: keys.ikey,
    DUO_SKEY: keys.skey,
  });
  expect(await ended).toBe(1);
  expect(output.stderr).toContain('localhost:1 refused the connection.');
});

it('ends with 2 on bad usage, arguments and parameters', async () => {
  expect((await run(['nonsense'])).code).toBe(2);
  expect((await run(['exec', '!duo-preauth x=1'], await startQuick())).code).toBe(2);
  expect((await run(['test'])).code).toBe(2);
});

it('ends with 3 when an allow was required', async () => {
  const simulator = await startQuick();
  const { code } = await run(['exec', '!duo-authenticate erin', '--require-allow'], simulator);
  expect(code).toBe(3);
});

it('ends with 130 on Ctrl-C, and says what may still happen', async () => {
  const simulator = await startQuick();
  const { child, output, ended } = launch(
    ['exec', '!duo-authenticate tim'],
    environmentOf(simulator),
  );
  await until(() => simulator.control.pending().length === 1, 'the push');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(output.stderr).toBe(
    'Cancelled.\nA push or a call may still reach the user, who can ignore or deny it.\n',
  );
});

it('answers JSON lines', async () => {
  const lines = [1, 2, 3].map((id) => `{"id":${id},"command":"duo-check"}\n`).join('');
  const { code, stdout } = await run(['run'], await startQuick(), lines);
  expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(code).toBe(0);
});

it('is a simulator until a signal ends it', async () => {
  const { child, output, ended } = launch(['simulator', '--json']);
  await until(() => output.stdout.includes('\n'), 'the first line');
  const { hostname, ikey, skey, caFile } = JSON.parse(output.stdout);
  const env = { DUO_HOSTNAME: hostname, DUO_IKEY: ikey, DUO_SKEY: skey, DUO_CA_FILE: caFile };
  const { ended: tested, output: testOutput } = launch(['test'], env);
  expect(await tested).toBe(0);
  expect(testOutput.stdout).toBe('ok\n');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('is a login gateway until a signal ends it', async () => {
  const simulator = await startQuick();
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeUsers(join(folder, 'users'), ['alice']);
  const port = await freePort();
  const { hostname, ikey, skey, caFile } = simulator;
  writeFileSync(
    join(folder, 'login.yml'),
    `listen: 127.0.0.1:${port}
public_url: http://localhost:${port}
duo: { hostname: '${hostname}', ikey: ${ikey}, skey: { env: DUO_SKEY }, ca_file: '${caFile}' }
first_factor: { type: htpasswd, file: users }
no_safe_account: true
audit_file: audit.jsonl
`,
  );
  const args = ['login', '--config', join(folder, 'login.yml'), '--json'];
  const { child, output, ended } = launch(args, { DUO_SKEY: skey });
  await until(() => output.stdout.includes('\n') || child.exitCode !== null, 'the first line');
  expect(output.stderr).toBe('');
  const page = await fetch(`http://localhost:${port}/auth/login`);
  expect(await page.text()).toContain('<form');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('ends quietly, and not with 0, when its output is closed', async () => {
  const { child, output, ended } = launch(['help', 'duo-authenticate']);
  child.stdout.destroy();
  expect(await ended).toBe(141);
  expect(output.stderr).toBe('');
});

it('prints a completion script, and answers it', async () => {
  const { code, stdout } = await run(['completion', 'bash']);
  expect(code).toBe(0);
  expect(stdout).toContain('bash completion for xsoar-duo');
  expect((await run(['complete', '--', 'exec', '--out'])).stdout).toContain('--output');
});

it('ends with 143 on SIGTERM, with the input open', async () => {
  const { child, ended } = launch(['run'], environmentOf(await startQuick()));
  child.stdin.write('{"id":1,"command":"duo-check"}\n');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
});

it.runIf(existsSync('/dev/full'))('ends with 1 on a full disk', async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [build.program, 'run'], {
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', full, 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin?.end('{"id":1,"command":"x"}\n');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
  expect(stderr).toContain('ENOSPC');
  closeSync(full);
});
