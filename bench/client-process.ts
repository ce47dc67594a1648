import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { processorMs } from './login-support.ts';

/** What bench/server.ts prints. */
export interface ServerInfo {
  readonly port: number;
  readonly ikey: string;
  readonly skey: string;
  readonly caFile: string;
}

/**
 * The environment without authorities of this machine's own: to read them costs each process of Node more than
 * many a client costs.
 */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_EXTRA_CA_CERTS: undefined,
  SSL_CERT_FILE: undefined,
});

/** A program that answers each line of its input with a line of JSON. */
export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterableIterator<string>;
  readonly #reader: Interface;

  constructor(command: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const [program = '', ...args] = command;
    this.#child = spawn(program, args, { env: { ...cleanEnvironment(), ...env } });
    this.#child.stderr.pipe(process.stderr);
    this.#reader = createInterface({ input: this.#child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The next line. */
  async read(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done === true) {
      throw new Error(`${this.#child.spawnargs.join(' ')} ended.`);
    }
    return JSON.parse(value);
  }

  /** Resolves once there is room for more. */
  async write(line: object): Promise<void> {
    if (!this.#child.stdin.write(`${JSON.stringify(line)}\n`)) {
      await once(this.#child.stdin, 'drain');
    }
  }

  async ask(question: object): Promise<unknown> {
    await this.write(question);
    return await this.read();
  }

  /** A field of /proc/PID/status in megabytes: `VmRSS` now, `VmHWM` at the most so far. */
  memoryMb(field: 'VmRSS' | 'VmHWM'): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  }

  /** Processor time used so far, in milliseconds. */
  processorMs(): number {
    return processorMs(this.#child.pid ?? 0);
  }

  async end(): Promise<void> {
    const ended = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill();
    await ended;
  }
}

/** Starts the server of the benchmarks in a process of its own. */
export const startServer = async (): Promise<{ server: LineProcess; info: ServerInfo }> => {
  const server = new LineProcess([process.execPath, 'scripts/run.js', 'bench/server.ts']);
  return { server, info: (await server.read()) as ServerInfo };
};

/** A client that takes part. */
export interface Client {
  readonly name: string;
  readonly command: readonly string[];
  /** A file without which it cannot run, and what installs it. */
  readonly needs: string;
  readonly install: string;
}

const here = (name: string): string => join(import.meta.dirname, 'clients', name);
export const peersHome = resolve(process.env['PEERS_HOME'] ?? '.peers');

const nodeClient = (name: string, file: string, needs: string, install: string): Client => ({
  name,
  command: [process.execPath, here(file)],
  needs,
  install,
});

const pythonDriver = here('duo_client_driver.py');
const peers = 'sh test/peers/install.sh';

export const ours = 'xsoar-duo';
export const duoNode = "Duo's Node client";

export const clients: readonly Client[] = [
  nodeClient(ours, 'xsoar-duo.js', 'dist/index.mjs', 'npm run build'),
  nodeClient(duoNode, 'duo-client.js', 'node_modules/@duosecurity/duo_api', 'npm ci'),
  nodeClient('bare node:https', 'node-https.js', 'package.json', ''),
  nodeClient('axios as it comes', 'axios.js', 'node_modules/axios', 'npm ci'),
  nodeClient(
    'duo-api of npm',
    'duo-api.js',
    join(peersHome, 'npm/node_modules/duo-api'),
    `${peers} bench_clients`,
  ),
  {
    name: "Duo's Python client, Debian's",
    command: ['/usr/bin/python3', pythonDriver],
    needs: '/usr/lib/python3/dist-packages/duo_client',
    install: `${peers} python_debian`,
  },
  {
    name: "Duo's Python client, PyPI's",
    command: [join(peersHome, 'python/bin/python'), pythonDriver],
    needs: join(peersHome, 'python/bin/python'),
    install: `${peers} python_newest`,
  },
  {
    name: "Duo's Go client",
    command: [join(peersHome, 'bin/bench-duo-api-golang')],
    needs: join(peersHome, 'bin/bench-duo-api-golang'),
    install: `${peers} bench_clients`,
  },
];

export const isInstalled = ({ needs }: Client): boolean => existsSync(needs);

export interface RunningClient {
  readonly client: Client;
  readonly runtime: string;
  readonly process: LineProcess;
}

export const startClient = async (client: Client, info: ServerInfo): Promise<RunningClient> => {
  const env = {
    DUO_PORT: String(info.port),
    DUO_IKEY: info.ikey,
    DUO_SKEY: info.skey,
    DUO_CA_FILE: info.caFile,
    PEERS_HOME: peersHome,
  };
  const started = new LineProcess(client.command, env);
  const [runtime = ''] = Object.entries((await started.read()) as object).map((pair) =>
    pair.join(' '),
  );
  return { client, runtime, process: started };
};

/** Runs one task. Undefined when the client cannot do it. */
export const runTask = async (
  { process: client }: RunningClient,
  task: object,
): Promise<number | undefined> => {
  const { milliseconds } = (await client.ask(task)) as { milliseconds: number | null };
  return milliseconds ?? undefined;
};
