import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoginGateway, LoginStartError, loadSettings } from '../../src/login/index.ts';
import { freePort } from '../../testing/free-port.ts';
import { writeUsers } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
let folder: string;
let blocker: Server;
let taken: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-start-'));
  writeUsers(join(folder, 'users'), ['alice']);
  writeFileSync(join(folder, 'not-a-certificate.pem'), 'text');
  blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  taken = (blocker.address() as AddressInfo).port;
});
afterAll(() => {
  blocker.close();
  rmSync(folder, { recursive: true, force: true });
});

const load = async (settings: Record<string, string> = {}) => {
  const { hostname, ikey, skey, caFile } = simulator();
  const lines = {
    listen: String(await freePort()),
    public_url: 'http://localhost:8420',
    duo: `{ hostname: '${hostname}', ikey: ${ikey}, skey: { env: DUO_SKEY }, ca_file: '${caFile}' }`,
    first_factor: '{ type: htpasswd, file: users }',
    safe_accounts: '[alice]',
    ...settings,
  };
  const yaml = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  const options = { folder, env: { DUO_SKEY: skey }, readFile: () => '' };
  return loadSettings(yaml.join('\n'), options);
};

const start = async (settings: Record<string, string> = {}) =>
  createLoginGateway(await load(settings), { writeAudit: () => undefined, graceMs: 0 });

const faultsOf = async (settings: Record<string, string>) => {
  const error = await start(settings).catch((thrown: unknown) => thrown);
  return error instanceof LoginStartError
    ? error.faults.map(({ name, rule }) => `${name}: ${rule}`)
    : error;
};

describe('a start that fails', () => {
  it.each([
    ['listen', (port: number) => ({ listen: String(port) })],
    ['metrics_listen', (port: number) => ({ metrics_listen: String(port) })],
  ])('names %s when its port is taken', async (name, settings) => {
    expect(await faultsOf(settings(taken))).toEqual([`${name}: is in use already`]);
  });

  it('names every file that cannot be read, at once', async () => {
    const faults = await faultsOf({
      messages_file: 'absent.json',
      brand: '{ logo_file: absent.png }',
      tls: '{ cert_file: absent.pem, key_file: absent.key }',
      first_factor: '{ type: htpasswd, file: absent }',
    });
    expect(faults).toEqual([
      'messages_file: names a file or folder that does not exist',
      'brand.logo_file: names a file or folder that does not exist',
      'first_factor: The password file cannot be read.',
      'tls: names a file or folder that does not exist',
    ]);
  });

  it('names a port that is taken together with all other faults', async () => {
    const port = String(taken);
    expect(await faultsOf({ listen: port, metrics_listen: port, messages_file: 'absent' })).toEqual(
      [
        'messages_file: names a file or folder that does not exist',
        'listen: is in use already',
        'metrics_listen: is in use already',
      ],
    );
  });

  it('names a file of messages that are not text', async () => {
    writeFileSync(join(folder, 'messages.json'), '{"signIn": {"en": "Sign in"}}');
    expect(await faultsOf({ messages_file: 'messages.json' })).toEqual([
      'messages_file: must map names of messages to text',
    ]);
  });

  it('names the certificate that cannot be used', async () => {
    const tls = '{ cert_file: not-a-certificate.pem, key_file: not-a-certificate.pem }';
    expect(await faultsOf({ tls })).toEqual([expect.stringMatching(/^tls: /)]);
  });

  it('gives back what it has acquired', async () => {
    const port = String(await freePort());
    expect(await faultsOf({ listen: port, metrics_listen: String(taken) })).toEqual([
      'metrics_listen: is in use already',
    ]);
    const gateway = await start({ listen: port });
    await gateway.close();
  });

  it('does not take the control socket of a gateway that runs', async () => {
    const control_socket = 'control.sock';
    const running = await start({ control_socket });
    expect(await faultsOf({ control_socket })).toEqual(['control_socket: is in use already']);
    await running.close();
    await (await start({ control_socket })).close();
  });
});

describe('a gateway that browsers cannot reach by itself', () => {
  it('warns when no proxy is trusted', async () => {
    const warnings: string[] = [];
    const settings = await load({ public_url: 'https://soar.example.com' });
    const options = { onWarning: (text: string) => warnings.push(text), graceMs: 0 };
    const gateway = await createLoginGateway(settings, { ...options, writeAudit: () => undefined });
    await gateway.close();
    expect(warnings).toEqual([expect.stringMatching(/^trusted_proxies: is empty/)]);
  });
});
