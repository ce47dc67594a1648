import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Simulator } from '../../src/simulator/index.ts';
import { peersHome } from './peer.ts';
import type { PeerClient } from './peer-clients.ts';

const { PATH: path = '' } = process.env;

/** The pin of an authority, as Duo's clients write it. */
const pinOf = (caFile: string): string => {
  const { publicKey } = new X509Certificate(readFileSync(caFile));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(key).digest('base64')}`;
};

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
        DUO_ADDRESS: client.options.host ?? '127.0.0.1',
        DUO_PIN: pinOf(simulator.caFile),
        NODE_EXTRA_CA_CERTS: simulator.caFile,
        SSL_CERT_FILE: simulator.caFile,
        PEERS_HOME: peersHome,
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
