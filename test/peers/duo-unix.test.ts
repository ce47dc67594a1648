import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { describePeer, missingFile } from './peer.ts';

const loginDuo = '/usr/sbin/login_duo';

/** Debian's login_duo 1.11.3, unmodified: version 1 of the API, responses in BSON. */
describePeer('login_duo of Debian', missingFile(loginDuo), () => {
  let simulator: Simulator;
  let directory: string;

  beforeEach(async () => {
    simulator = await startSimulator();
    directory = await mkdtemp(join(tmpdir(), 'login-duo-'));
  });
  afterEach(async () => {
    await simulator.close();
    await rm(directory, { recursive: true });
  });

  const run = async (username: string, input = ''): Promise<{ code: number; text: string }> => {
    const file = join(directory, 'login_duo.conf');
    const { ikey, skey, hostname, caFile } = simulator;
    await writeFile(
      file,
      `[duo]\nikey=${ikey}\nskey=${skey}\nhost=${hostname}\ncafile=${caFile}\nfailmode=secure\nprompts=1\n`,
    );
    await chmod(file, 0o600);
    return new Promise((resolve) => {
      const child = spawn(loginDuo, ['-c', file, '-d', '-f', username, 'echo', 'LET IN']);
      let text = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          text += chunk;
        });
      }
      child.on('close', (code) => resolve({ code: code ?? -1, text }));
      child.stdin.end(input);
    });
  };

  it.each(['alice', 'bob'])('lets %s in', async (username) => {
    const { code, text } = await run(username);
    expect(text).toContain('LET IN');
    expect(code).toBe(0);
  });

  it.each(['carol', 'dave', 'erin', 'frank', 'leo'])('keeps %s out', async (username) => {
    const { code, text } = await run(username);
    expect(text).not.toContain('LET IN');
    expect(code).not.toBe(0);
    expect(simulator.control.log().every(({ path }) => path.endsWith('.bson'))).toBe(true);
  });
});
