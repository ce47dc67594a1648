// The completion scripts, each in its own shell.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCli } from '../../../testing/cli-build.ts';
import { describePeer, missingFile } from '../peer.ts';
import { openTerminal, type Terminal } from './terminal.ts';

let build: Awaited<ReturnType<typeof buildCli>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-shells-'));
  build = await buildCli();
  const command = join(folder, 'xsoar-duo');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${build.program}" "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await build?.remove();
});

/** Each shell without the settings of this machine, and the lines of the guide that turn completion on. */
const shells = {
  bash: {
    program: '/usr/bin/bash',
    start: 'bash --norc --noprofile',
    setup: [
      'source /usr/share/bash-completion/bash_completion',
      'source <(xsoar-duo completion bash)',
    ],
  },
  zsh: {
    program: '/usr/bin/zsh',
    start: 'zsh -f',
    setup: ['autoload -U compinit && compinit -u -D', 'source <(xsoar-duo completion zsh)'],
  },
  fish: {
    program: '/usr/bin/fish',
    start: 'fish --no-config',
    setup: ['xsoar-duo completion fish | source'],
  },
} as const;

const openShell = async (name: keyof typeof shells): Promise<Terminal> => {
  const { start, setup } = shells[name];
  const terminal = openTerminal(start, {
    env: { PATH: `${folder}:${process.env['PATH']}`, HOME: folder },
  });
  for (const line of [...setup, 'clear; echo rea""dy']) {
    await terminal.type(line);
    terminal.press('Enter');
  }
  await terminal.until('ready');
  return terminal;
};

const missing = missingFile(
  '/usr/bin/tmux',
  '/usr/share/bash-completion/bash_completion',
  ...Object.values(shells).map(({ program }) => program),
);

describePeer('completion of the command line', missing, () => {
  it.each(['bash', 'zsh', 'fish'] as const)('%s completes commands and options', async (name) => {
    const terminal = await openShell(name);
    await terminal.type('xsoar-duo sim');
    terminal.press('Tab');
    await terminal.until(/xsoar-duo simulator/);
    await terminal.type(' --print-c');
    terminal.press('Tab');
    await terminal.until(/xsoar-duo simulator +--print-config/);
    expect(terminal.screen()).not.toMatch(/error|not found/i);
  });
});
