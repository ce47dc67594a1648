import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/index.ts';
import { describePeer, missingFile } from './peer.ts';
import { installedVersion } from './peer-clients.ts';
import { keepPeerTable } from './peer-table.ts';

const loginDuo = '/usr/sbin/login_duo';
const pamDuo = '/lib/x86_64-linux-gnu/security/pam_duo.so';

let simulator: Simulator;
let directory: string;
let settings: string;

// pam_duo authenticates users of the machine only, and root is on every one.
const root = {
  username: 'root',
  answer: 'approve',
  answerAfterSeconds: 0,
  bypassCodes: ['100000009'],
  devices: [{ kind: 'smartphone', number: '+1 734 555 0100' }],
} as const;

const start = async (options: SimulatorOptions): Promise<void> => {
  simulator = await startSimulator(options);
  simulator.control.addUser(root);
  directory = await mkdtemp(join(tmpdir(), 'duo-unix-'));
  settings = join(directory, 'duo.conf');
  const { ikey, skey, hostname, caFile } = simulator;
  await writeFile(
    settings,
    `[duo]\nikey=${ikey}\nskey=${skey}\nhost=${hostname}\ncafile=${caFile}\nfailmode=secure\nprompts=1\n`,
  );
  await chmod(settings, 0o600);
};

const stop = async (): Promise<void> => {
  await simulator.close();
  await rm(directory, { recursive: true });
};

interface Ended {
  readonly code: number;
  readonly text: string;
}

/** Runs a program and types `answer` once it prompts; without an answer its input has ended. */
const run = (program: string, args: readonly string[], answer?: string): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...process.env, TERM: 'dumb' } });
    let text = '';
    let isTyped = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
        if (answer !== undefined && !isTyped && /passcode[^\n]*: $/.test(text)) {
          isTyped = true;
          child.stdin.write(`${answer}\n`);
        }
      });
    }
    child.on('close', (code) => resolve({ code: code ?? -1, text }));
    if (answer === undefined) {
      child.stdin.end();
    }
  });

const wasBson = () => simulator.control.log().every(({ path }) => path.endsWith('.bson'));

/** login_duo of Debian, unmodified: version 1 of the API, responses in BSON. */
describePeer('login_duo of Debian', missingFile(loginDuo), () => {
  beforeEach(() => start(counted));
  afterEach(stop);

  const login = (username: string, command = 'echo LET IN') =>
    [loginDuo, '-c', settings, '-d', '-f', username, command] as const;
  const runLogin = (username: string): Promise<Ended> => {
    const [program, ...args] = login(username);
    return run(program, args);
  };
  // `script` gives the program a terminal of its own, as sshd does.
  const runOnTerminal = (username: string, answer: string): Promise<Ended> => {
    const [program, ...args] = login(username);
    const line = [program, ...args.slice(0, -1), `'${args.at(-1)}'`].join(' ');
    return run('script', ['-qefc', line, join(directory, 'typescript')], answer);
  };

  it.each(['alice', 'bob'])('lets %s in', async (username) => {
    const { code, text } = await runLogin(username);
    expect(text).toContain('LET IN');
    expect(code).toBe(0);
  });

  it.each(['carol', 'dave', 'erin', 'frank', 'leo'])('keeps %s out', async (username) => {
    const { code, text } = await runLogin(username);
    expect(text).not.toContain('LET IN');
    expect(code).not.toBe(0);
    expect(wasBson()).toBe(true);
  });

  it.each([
    ['a number', '1'],
    ['the name of a factor', 'push'],
    ['a passcode', '100000001'],
  ])('lists the choices on a terminal, and takes %s', async (_what, answer) => {
    const { code, text } = await runOnTerminal('alice', answer);
    expect(text).toContain('Second factor for alice: choose a number or type a passcode.');
    expect(text).toContain(' 1. Duo Push to Work phone (XXX-XXX-0101)');
    expect(text).toMatch(/Success\. Logging you in\.\.\..*LET IN/s);
    expect(code).toBe(0);
  });

  it('refuses a wrong passcode on a terminal', async () => {
    const { code, text } = await runOnTerminal('alice', '000000000');
    expect(text).toContain('Incorrect passcode');
    expect(text).not.toContain('LET IN');
    expect(code).not.toBe(0);
  });

  const counted = keepPeerTable({
    name: 'login_duo (Debian)',
    signature: '1/sha1',
    version: () => installedVersion('login-duo'),
    remark: 'BSON; with a terminal and without',
  });
});

const mayWritePam = process.getuid?.() === 0 ? undefined : 'a PAM service is for root to set up';

/** pam_duo of Debian, unmodified, through pamtester. */
describePeer('pam_duo of Debian', missingFile(pamDuo, '/usr/bin/pamtester') ?? mayWritePam, () => {
  const service = `xsoar-duo-test-${process.pid}`;
  const serviceFile = `/etc/pam.d/${service}`;

  beforeEach(async () => {
    await start(counted);
    await writeFile(
      serviceFile,
      `auth required pam_duo.so conf=${settings}\naccount required pam_permit.so\n`,
    );
  });
  afterEach(async () => {
    await rm(serviceFile);
    await stop();
  });

  const authenticate = (answer: string) =>
    run('pamtester', [service, 'root', 'authenticate'], answer);

  it.each([
    ['a push', '1'],
    ['a call', 'phone1'],
    ['a passcode', '100000009'],
  ])('authenticates with %s', async (_what, answer) => {
    const { code, text } = await authenticate(answer);
    expect(text).toContain('successfully authenticated');
    expect(code).toBe(0);
    expect(wasBson()).toBe(true);
  });

  it.each([
    ['denied', 'deny'],
    ['reported as fraud', 'fraud'],
  ] as const)('refuses a push that is %s', async (_what, answer) => {
    simulator.control.updateUser('root', { answer });
    const { code, text } = await authenticate('1');
    expect(text).not.toContain('successfully');
    expect(code).not.toBe(0);
  });

  it('refuses a wrong passcode', async () => {
    const { code, text } = await authenticate('000000000');
    expect(text).toContain('Incorrect passcode');
    expect(code).not.toBe(0);
  });

  it.each(['disabled', 'locked_out'] as const)('refuses a user who is %s', async (status) => {
    simulator.control.updateUser('root', { status });
    const { code } = await run('pamtester', [service, 'root', 'authenticate']);
    expect(code).not.toBe(0);
    expect(simulator.control.log().at(-1)).toMatchObject({ outcome: 'deny', status: 200 });
  });

  const counted = keepPeerTable({
    name: 'pam_duo (Debian)',
    signature: '1/sha1',
    version: () => installedVersion('libpam-duo'),
    remark: 'BSON; through pamtester',
  });
});
