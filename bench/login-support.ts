import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import type { Simulator } from '../src/simulator/index.ts';

/** A server that runs in a process of its own, as it would in earnest. */
export interface Served {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

const firstLine = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ line: string; pid: number; stop: () => void }>((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const [line, rest] = text.split('\n', 2);
      if (rest !== undefined && line !== undefined) {
        resolve({ line, pid: child.pid ?? 0, stop: () => void child.kill() });
      }
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });

/** The gateway, as it is built: run `npm run build` first. */
export const serveGateway = async (
  simulator: Simulator,
  { port, users }: { readonly port: number; readonly users: readonly string[] },
): Promise<Served> => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-bench-'));
  const hash = hashSync('password', 4);
  writeFileSync(join(folder, 'users'), users.map((name) => `${name}:${hash}\n`).join(''));
  const file = join(folder, 'login.yml');
  writeFileSync(
    file,
    `listen: ${port}
public_url: http://localhost:${port}
trusted_proxies: [127.0.0.1]
duo: { hostname: '${simulator.hostname}', ikey: ${simulator.ikey}, skey: { env: DUO_SKEY }, ca_file: '${simulator.caFile}' }
first_factor: { type: htpasswd, file: users }
no_safe_account: true
audit_file: audit.jsonl
limits: { failures_per_address: 10000 }
`,
  );
  const env = { ...process.env, DUO_SKEY: simulator.skey };
  const args = ['dist/cli.js', 'login', '--config', file, '--json'];
  const { line, pid, stop } = await firstLine(process.execPath, args, env);
  return { url: JSON.parse(line).url, pid, stop };
};

/** A Node server without a framework, from its source. It prints where it listens. */
export const serveSource = async (source: string): Promise<Served> => {
  const args = ['--input-type=module', '-e', source];
  const { line, pid, stop } = await firstLine(process.execPath, args, process.env);
  return { url: line, pid, stop };
};

/** Resident memory of a process, in megabytes. */
export const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
};

/** Processor time that a process has used, in milliseconds. */
export const processorMs = (pid: number): number => {
  // After the name, which may hold anything but a closing bracket: fields 14 and 15, in 10 ms ticks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** What wrk saw. */
export interface Load {
  /** Processor time of the server for one request: what a busy machine does not change. */
  readonly processorUs: number;
  readonly requestsPerSecond: number;
  readonly medianMs: number;
}

const inMs = (text: string): number => {
  const [, value = '0', unit] = /([\d.]+)(us|ms|s)/.exec(text) ?? [];
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'];
};

/** Load an address with wrk, one thread. Answers other than 2xx end the run. */
export const load = (
  url: string,
  pid: number,
  {
    seconds,
    connections,
    headers,
  }: { seconds: number; connections: number; headers: readonly string[] },
): Load => {
  const given = headers.flatMap((header) => ['-H', header]);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...given, url];
  const beforeMs = processorMs(pid);
  const text = execFileSync('wrk', args, { encoding: 'utf8' });
  const usedMs = processorMs(pid) - beforeMs;
  if (text.includes('Non-2xx')) {
    throw new Error(`Not every answer was 2xx:\n${text}`);
  }
  return {
    processorUs: (usedMs * 1000) / Number(/(\d+) requests in/.exec(text)?.[1]),
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    medianMs: inMs(/50%\s+(\S+)/.exec(text)?.[1] ?? ''),
  };
};

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
