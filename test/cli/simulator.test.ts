import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { type SimulatorCommandOptions, simulator } from '../../src/cli/simulator.ts';
import { createIntegration } from '../../src/hosts/node/create-integration.ts';
import { defaultConfigText } from '../../src/simulator/index.ts';
import { rejection } from '../../testing/caught.ts';
import { until } from '../../testing/running-simulator.ts';
import { fakeContext } from './cli-context.ts';

let stop: () => Promise<unknown> = async () => undefined;

afterEach(() => stop());

const start = async (options: SimulatorCommandOptions) => {
  const cancel = new AbortController();
  const context = fakeContext({ signal: cancel.signal });
  const ended = simulator(options, context);
  stop = () => {
    cancel.abort();
    return ended;
  };
  await until(() => context.stdout.text.includes('\n'), 'the first line');
  return { context, ended };
};

const written = async (text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'xsoar-duo-simulator-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'config.yml');
  await writeFile(file, text);
  return file;
};

it('prints one JSON line, answers there, and cleans up when asked to end', async () => {
  const { context } = await start({ json: true });
  const { url, hostname, ikey, skey, caFile, phoneUrl } = JSON.parse(context.stdout.text);
  expect(phoneUrl).toContain(`${url}/phone`);
  const integration = createIntegration({ hostname, ikey, skey, ca_file: caFile });
  expect(await integration.test()).toBe('ok');
  expect(context.stdout.lines).toHaveLength(1);
  expect(await stop()).toBe(0);
  expect(existsSync(caFile)).toBe(false);
});

it('says where it listens and what to type, and then each request', async () => {
  const { context } = await start({});
  const { text } = context.stdout;
  expect(text).toContain("xsoar-duo exec '!duo-preauth username=alice'");
  const value = (name: string) => new RegExp(`${name}=(\\S+)`).exec(text)?.[1];
  await createIntegration({
    hostname: value('DUO_HOSTNAME'),
    ikey: value('DUO_IKEY'),
    skey: value('DUO_SKEY'),
    ca_file: value('DUO_CA_FILE'),
  }).run('duo-preauth', { username: 'alice' });
  await until(() => context.stdout.text.includes('/auth/v2/preauth'), 'the request');
});

it('prints the default configuration, and that is all', async () => {
  const context = fakeContext();
  expect(await simulator({ printConfig: true }, context)).toBe(0);
  expect(context.stdout.text).toBe(defaultConfigText);
});

it('takes its users from a file', async () => {
  const config = await written('users:\n  - username: zoe\n    status: bypass\n');
  const { context } = await start({ json: true, config });
  const { hostname, ikey, skey, caFile } = JSON.parse(context.stdout.text);
  const integration = createIntegration({ hostname, ikey, skey, ca_file: caFile });
  const [entry] = await integration.run('duo-preauth', { username: 'zoe' });
  expect(entry?.HumanReadable).toContain('allow');
});

it('records what a client asked, and responds from the recording', async () => {
  const file = await written('');
  const ask = async (options: SimulatorCommandOptions): Promise<unknown> => {
    const { context } = await start({ json: true, ...options });
    const { hostname, ikey, skey, caFile } = JSON.parse(context.stdout.text);
    const integration = createIntegration({ hostname, ikey, skey, ca_file: caFile });
    const entries = await integration.run('duo-preauth', { username: 'zoe' });
    await stop();
    return entries;
  };
  const config = await written('users:\n  - username: zoe\n    status: bypass\n');
  const recorded = await ask({ config, record: file });
  expect(JSON.stringify(recorded)).toContain('Bypassing');
  expect(await ask({ replay: file })).toEqual(recorded);
});

it('says so when a recording cannot be written, or is none', async () => {
  const folder = dirname(await written(''));
  expect(await rejection(simulator({ record: folder }, fakeContext()))).toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('cannot be written'),
  });
  expect(await rejection(simulator({ replay: folder }, fakeContext()))).toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('cannot be read'),
  });
});

it('refuses a file that is no configuration, with its faults', async () => {
  const config = await written('users: 7\n');
  expect(await rejection(simulator({ config }, fakeContext()))).toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('is not a valid simulator configuration'),
  });
});

it('says so when the port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await rejection(simulator({ port }, fakeContext()))).toMatchObject({
    name: 'UsageError',
    message: 'The simulator cannot listen there: EADDRINUSE.',
  });
});
