import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { expect, onTestFinished } from 'vitest';
import {
  createLoginGateway,
  type GatewayOptions,
  type LoginGateway,
  type LoginSettings,
  loadSettings,
} from '../src/login/index.ts';
import type { Simulator } from '../src/simulator/index.ts';
import { freePort } from './free-port.ts';

/** What a test's gateway is started with. */
export interface TestGatewayOptions extends GatewayOptions {
  readonly simulator: Pick<Simulator, 'hostname' | 'ikey' | 'skey' | 'caFile'>;
  /** Lines of YAML that are added to the settings or replace them, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Names whose password is their name and `-password`. */
  readonly users?: readonly string[];
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The test breaks something, and the log may say so. */
  readonly mayLogErrors?: boolean;
  /** Finer than the settings file can say. */
  readonly limits?: Partial<LoginSettings['limits']>;
}

/** A gateway of a test, and what it wrote. */
export interface TestGateway extends LoginGateway {
  readonly origin: string;
  readonly folder: string;
  readonly settings: LoginSettings;
  readonly audit: () => readonly Record<string, string>[];
  readonly warnings: readonly string[];
}

const usual = 'alice bob carol dave erin frank grace leo nobody olga tim vera admin'.split(' ');
const hashes = new Map<string, string>();

const hashOf = (password: string): string => {
  const hash = hashes.get(password) ?? hashSync(password, 4);
  hashes.set(password, hash);
  return hash;
};

/** A file of users with a cheap hash: what it costs is measured elsewhere. */
export const writeUsers = (file: string, users: readonly string[], suffix = '-password'): void => {
  const lines = users.map((name) => `${name}:${hashOf(name + suffix)}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
};

/** A gateway on a free port, closed after the test. */
export const startGateway = async (options: TestGatewayOptions): Promise<TestGateway> => {
  const { simulator, settings = {}, users = usual, env = {}, port = await freePort() } = options;
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-gateway-'));
  writeUsers(join(folder, 'users'), users);
  writeUsers(join(folder, 'further'), users, '-further');
  const origin = `http://localhost:${port}`;
  const lines: Record<string, string> = {
    listen: `127.0.0.1:${port}`,
    public_url: origin,
    duo: `{ hostname: '${simulator.hostname}', ikey: ${simulator.ikey}, skey: { env: DUO_SKEY }, ca_file: '${simulator.caFile}' }`,
    first_factor: '{ type: htpasswd, file: users }',
    safe_accounts: '[admin]',
    ...settings,
  };
  const yaml = Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  const audit: string[] = [];
  const logged: string[] = [];
  const warnings: string[] = [];
  const loaded = await loadSettings(yaml, {
    folder,
    env: { DUO_SKEY: simulator.skey, ...env },
    readFile: () => '',
  });
  const gateway = await createLoginGateway(
    { ...loaded, limits: { ...loaded.limits, requestsPerMinute: 100_000, ...options.limits } },
    {
      failureMs: 0,
      graceMs: 0,
      logger: {
        level: 'warn',
        stream: { write: (line: string) => void (options.mayLogErrors || logged.push(line)) },
      },
      writeAudit: (line) => audit.push(line),
      onWarning: (message) => warnings.push(message),
      ...options,
    },
  );
  onTestFinished(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
    // The logger is on in every test: what goes wrong behind a page that looks right is a failure.
    // A form without its token is refused, and the log says so.
    expect(logged.filter((line) => !/(Invalid csrf token|Missing csrf secret)/.test(line))).toEqual(
      [],
    );
  });
  return {
    ...gateway,
    origin,
    folder,
    settings: loaded,
    warnings,
    audit: () => audit.map((line) => JSON.parse(line)),
  };
};
