import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../src/simulator/index.ts';
import { missingCommand, missingFile } from './peer.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { PEERS_HOME: peersHome = fromRoot('.peers'), PATH: path = '' } = process.env;

/** One of Duo's own clients, run by a small program that takes a call a line. */
export interface PeerClient {
  readonly name: string;
  readonly signature: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** The scheme that the simulator must recognize. */
  readonly scheme: string;
  readonly offersVerifiedPush: boolean;
  /** Why it cannot run here. */
  readonly missing: string | undefined;
}

const pythonDriver = fromRoot('test/peers/duo-client-python/driver.py');
const debianPython = '/usr/bin/python3';
const newestPython = `${peersHome}/python/bin/python`;
const goDriver = `${peersHome}/bin/duo-api-golang`;

const python = (name: string, program: string, signature: string, scheme: string): PeerClient => ({
  name,
  signature,
  scheme,
  command: [program, pythonDriver],
  offersVerifiedPush: program === newestPython,
  missing: missingFile(program) ?? missingCommand(program, ['-c', 'import duo_client']),
});

const node = (signature: string, scheme: string): PeerClient => ({
  name: '@duosecurity/duo_api',
  signature,
  scheme,
  command: [process.execPath, fromRoot('test/peers/duo-api-node/driver.js')],
  offersVerifiedPush: true,
  missing: undefined,
});

const go = (signature: string, scheme: string): PeerClient => ({
  name: 'duo_api_golang',
  signature,
  scheme,
  command: [goDriver],
  offersVerifiedPush: signature === '5',
  missing: missingFile(goDriver),
});

/** Every client in every signature that it offers. */
export const peerClients: readonly PeerClient[] = [
  python('duo_client of Debian', debianPython, '2/sha1', 'v2/sha1'),
  python('duo_client of Debian', debianPython, '2/sha512', 'v2/sha512'),
  python('duo_client of PyPI', newestPython, '5', 'v5/sha512'),
  python('duo_client of PyPI', newestPython, '4', 'v4/sha512'),
  python('duo_client of PyPI', newestPython, '2/sha512', 'v2/sha512'),
  node('2', 'v2/sha512'),
  node('5', 'v5/sha512'),
  go('2', 'v2/sha512'),
  go('5', 'v5/sha512'),
];

/** What a driver answers. */
export interface PeerReply {
  readonly ok?: PeerResponse;
  readonly error?: {
    readonly code: number | null;
    readonly detail?: string;
    readonly text?: string;
  };
}

/** What a call gave; the names that tests read. */
export interface PeerResponse {
  readonly [name: string]: unknown;
  readonly time?: number;
  readonly image?: string;
  readonly txid?: string;
  readonly user_id?: string;
  readonly activation_code?: string;
  readonly verification_code?: string;
}

/** A running driver. */
export class PeerDriver {
  readonly #child: ChildProcess;
  readonly #waiting: ((reply: PeerReply) => void)[] = [];
  #errors = '';

  constructor(client: PeerClient, simulator: Simulator, skey: string = simulator.skey) {
    const [program, ...args] = client.command;
    this.#child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: path,
        DUO_PORT: new URL(simulator.url).port,
        DUO_IKEY: simulator.ikey,
        DUO_SKEY: skey,
        DUO_CA_FILE: simulator.caFile,
        DUO_SIGNATURE: client.signature,
      },
    });
    const { stdout, stderr } = this.#child;
    if (stdout) {
      createInterface({ input: stdout }).on('line', (line) =>
        this.#waiting.shift()?.(JSON.parse(line)),
      );
    }
    stderr?.on('data', (text) => {
      this.#errors += String(text);
    });
    this.#child.on('exit', () => {
      for (const settle of this.#waiting.splice(0)) {
        settle({ error: { code: null, text: `the client ended: ${this.#errors}` } });
      }
    });
  }

  /** Makes a call; calls are answered in their order. */
  call(call: string, args: Readonly<Record<string, string>> = {}): Promise<PeerReply> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin?.write(`${JSON.stringify({ call, args })}\n`);
    });
  }

  close(): void {
    this.#child.kill();
  }
}
