import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { buildCli } from '../../../testing/cli-build.ts';
import { CookieBrowser, sessionCookie } from '../../../testing/cookie-browser.ts';
import { freePort } from '../../../testing/free-port.ts';
import { makeAuthority } from '../../../testing/openssl-chain.ts';
import { writeUsers } from '../../../testing/running-gateway.ts';
import type { ChildServer } from '../child-server.ts';
import {
  type Placement,
  type ProtectedCase,
  type ProxyName,
  placed,
  programs,
  startProxy,
} from '../front-proxies.ts';
import { missingFile } from '../peer.ts';
import { startUpstream, type Upstream } from './upstream.ts';

/** What the suites of the door need and do not find. */
export const missingForDoor = (...names: readonly ProxyName[]): string | undefined =>
  missingFile(...names.map((name) => programs[name]));

/** A proxy with the guide's configuration, the gateway's own program, and what they protect. */
export interface Door {
  readonly origin: string;
  readonly upstream: Upstream;
  readonly simulator: Simulator;
  readonly gatewayPort: number;
  /** Standard error of the gateway: warnings and the log. */
  readonly gatewayLog: () => string;
  readonly audit: () => readonly Record<string, string>[];
  /** `--check` of the same settings, but for the port that the gateway has already. */
  check(): Promise<{ readonly code: number; readonly output: string }>;
  /** End the gateway's process, as a crash would. */
  killGateway(): void;
  /** Both processes run. */
  readonly isAlive: () => boolean;
  browser(): CookieBrowser;
  /** A browser that has signed in, with its cookies for hand-made requests. */
  signedIn(username?: string): Promise<CookieBrowser>;
  /** Send bytes over TLS and read until the other side has been silent for a while, or is gone. */
  send(bytes: string | Uint8Array, options?: { readonly silentMs?: number }): Promise<string>;
}

/** One set of programs around a test file. */
interface Running extends Door {
  close(): Promise<void>;
}

const users = ['alice', 'bob', 'grace', 'admin'];

const settingsOf = (kind: ProtectedCase, at: Placement, simulator: Simulator): string =>
  placed(readFileSync(`docs/login/${kind}.yml`, 'utf8'), at)
    .replace('api-XXXXXXXX.duosecurity.com', `'${simulator.hostname}'`)
    .replace('DIXXXXXXXXXXXXXXXXXX', simulator.ikey)
    .replace('skey: {', `ca_file: '${simulator.caFile}'\n  skey: {`)
    .replaceAll(/\/(?:etc|var\/log|run)\/xsoar-duo\//g, `${at.folder}/`);

const environment = (folder: string, caFile = '') => ({
  PATH: process.env['PATH'],
  CREDENTIALS_DIRECTORY: join(folder, 'credentials'),
  // For the proxy's certificate, which the system vouches for elsewhere.
  ...(caFile !== '' && { NODE_EXTRA_CA_CERTS: caFile }),
});

const startGatewayProgram = async (
  program: string,
  { folder, ports }: Placement,
): Promise<{ child: ChildServer['process']; log: () => string }> => {
  const child = spawn(
    process.execPath,
    [program, 'login', '--config', join(folder, 'login.yml'), '--json'],
    {
      env: environment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error(`The gateway on ${ports.gateway} ended: ${log}`)));
  });
  return { child, log: () => log };
};

const exchange = (port: number, bytes: string | Uint8Array, silentMs: number): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      rejectUnauthorized: false,
    });
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    let timer = setTimeout(end, 5_000);
    socket.on('secureConnect', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(end, silentMs);
    });
    socket.on('error', end);
    socket.on('close', end);
  });

const start = async (
  program: string,
  proxy: ProxyName,
  kind: ProtectedCase,
  edit: (yaml: string) => string,
): Promise<Running> => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-door-'));
  const authority = makeAuthority(folder, 'door');
  const certificate = authority.sign('localhost', { names: 'DNS:localhost,IP:127.0.0.1' });
  const [simulator, upstream] = await Promise.all([
    startSimulator(),
    startUpstream(kind === 'xsoar' ? certificate : undefined),
  ]);
  const ports = {
    https: await freePort(),
    http: await freePort(),
    gateway: await freePort(),
    upstream: upstream.port,
  };
  const at: Placement = { folder, certificate, caFile: authority.certFile, ports };
  mkdirSync(join(folder, 'credentials'));
  writeFileSync(join(folder, 'credentials', 'duo_skey'), simulator.skey);
  writeFileSync(join(folder, 'credentials', 'xsoar_api_key'), upstream.apiKey);
  writeUsers(join(folder, 'users'), users);
  writeUsers(join(folder, 'further'), users, '-further');
  writeFileSync(join(folder, 'login.yml'), edit(settingsOf(kind, at, simulator)));
  const { child, log } = await startGatewayProgram(program, at);
  const front = await startProxy(proxy, kind, at).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const origin = `https://localhost:${ports.https}`;
  const browser = () => new CookieBrowser(origin);
  return {
    origin,
    upstream,
    simulator,
    gatewayPort: ports.gateway,
    gatewayLog: log,
    audit: () =>
      readFileSync(join(folder, 'audit.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    check: async () => {
      const yaml = readFileSync(join(folder, 'login.yml'), 'utf8')
        .replace(`listen: 127.0.0.1:${ports.gateway}`, `listen: ${await freePort()}`)
        .replace('control.sock', 'check.sock');
      writeFileSync(join(folder, 'check.yml'), yaml);
      const args = [program, 'login', '--config', join(folder, 'check.yml'), '--check'];
      return new Promise((resolve) => {
        execFile(
          process.execPath,
          args,
          { env: environment(folder, at.caFile) },
          (error, stdout, stderr) =>
            resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
        );
      });
    },
    killGateway: () => void child.kill('SIGKILL'),
    isAlive: () => child.exitCode === null && front.process.exitCode === null,
    browser,
    signedIn: async (username = 'bob') => {
      const signed = browser();
      await signed.signIn(username);
      if (!signed.cookies.has(sessionCookie)) {
        throw new Error(`${username} is not signed in: ${signed.page.status} ${signed.text}`);
      }
      return signed;
    },
    send: (bytes, { silentMs = 300 } = {}) => exchange(ports.https, bytes, silentMs),
    close: async () => {
      await front.stop('SIGKILL');
      child.kill('SIGKILL');
      await Promise.all([simulator.close(), upstream.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A door for all tests of a suite. At its end the gateway's log has no error, whatever the attack. */
export const doorForSuite = (
  proxy: ProxyName,
  kind: ProtectedCase,
  edit: (yaml: string) => string = (yaml) => yaml,
): (() => Door) => {
  let door: Running | undefined;
  let build: Awaited<ReturnType<typeof buildCli>> | undefined;
  beforeAll(async () => {
    build = await buildCli();
    door = await start(build.program, proxy, kind, edit);
  });
  afterAll(async () => {
    const log = door?.gatewayLog() ?? '';
    await door?.close();
    await build?.remove();
    expect(log).not.toMatch(/"level":(?:50|60)|Error\b/);
  });
  return () => {
    if (door === undefined) {
      throw new Error('The door has not been started.');
    }
    return door;
  };
};
