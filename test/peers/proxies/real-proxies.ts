import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Somebody else's proxy, running. */
export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /** What it wrote about its work. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export const credentials = { user: 'soar', password: 'pr0xy%pa:ss@word' };

const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

const waitFor = async (child: ChildProcess, host: string, port: number): Promise<void> => {
  const untilMs = Date.now() + 20_000;
  while (!(await listens(host, port))) {
    if (Date.now() > untilMs || child.exitCode !== null) {
      throw new Error(`the proxy does not listen on ${host}:${port}`);
    }
    await pause();
  }
};

const run = async (
  folder: string,
  [command, ...args]: readonly [string, ...string[]],
  at: { host: string; port: number; logFile: string },
): Promise<RunningProxy> => {
  const child = spawn(command, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitFor(child, at.host, at.port);
  return {
    host: at.host,
    port: at.port,
    log: () => readFileSync(at.logFile, 'utf8'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const inFolder = (name: string) => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  execFileSync('chmod', ['777', folder]);
  const write = (file: string, text: string): string => {
    const path = join(folder, file);
    writeFileSync(path, text);
    return path;
  };
  return { folder, write };
};

/** Start tinyproxy, which asks for a password when it is asked to. */
export const startTinyproxy = async (
  options: { host?: string; asksFor?: typeof credentials } = {},
): Promise<RunningProxy> => {
  const { host = '127.0.0.1', asksFor } = options;
  const { folder, write } = inFolder('tinyproxy');
  const port = await freePort(host);
  const logFile = write('log', '');
  const lines = [
    `Port ${port}`,
    `Listen ${host}`,
    'Timeout 30',
    `LogFile "${logFile}"`,
    'LogLevel Connect',
    ...(asksFor ? [`BasicAuth ${asksFor.user} ${asksFor.password}`] : []),
  ];
  const file = write('tinyproxy.conf', `${lines.join('\n')}\n`);
  return run(folder, ['tinyproxy', '-d', '-c', file], { host, port, logFile });
};

/** Start squid with basic authentication; it refuses to go anywhere but to these ports. */
export const startSquid = async (ports: readonly number[]): Promise<RunningProxy> => {
  const host = '127.0.0.1';
  const { folder, write } = inFolder('squid');
  const port = await freePort(host);
  const logFile = write('access.log', '');
  execFileSync('chmod', ['666', logFile]);
  const hash = execFileSync('openssl', ['passwd', '-apr1', '-stdin'], {
    input: `${credentials.password}\n`,
    encoding: 'utf8',
  }).trim();
  const passwords = write('passwords', `${credentials.user}:${hash}\n`);
  const lines = [
    `http_port ${host}:${port}`,
    `auth_param basic program /usr/lib/squid/basic_ncsa_auth ${passwords}`,
    'auth_param basic realm test',
    'acl known proxy_auth REQUIRED',
    `acl allowed_ports port ${ports.join(' ')}`,
    'http_access deny !known',
    'http_access deny !allowed_ports',
    'http_access allow known',
    `access_log stdio:${logFile}`,
    `cache_log ${join(folder, 'cache.log')}`,
    `pid_filename ${join(folder, 'squid.pid')}`,
    `coredump_dir ${folder}`,
    'cache deny all',
    'netdb_filename none',
    'shutdown_lifetime 0 seconds',
    'pinger_enable off',
  ];
  const file = write('squid.conf', `${lines.join('\n')}\n`);
  // -n lets several squids run at a time on one machine.
  const name = `duo${port}`;
  return run(folder, ['squid', '-N', '-n', name, '-f', file], { host, port, logFile });
};
