import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describePeer, missingFile, peersHome } from './peer.ts';

const actionlint = join(peersHome, 'bin/actionlint');
const workflows = [
  ...readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`),
  'examples/github-actions/deploy.yml',
];

const lint = (...args: readonly string[]) => {
  // What shellcheck finds depends on whether it is installed.
  const { status, stdout } = spawnSync(actionlint, ['-no-color', '-shellcheck=', ...args], {
    encoding: 'utf8',
    input: 'on: push\njobs: { a: { runs-on: nowhere, steps: [] } }\n',
  });
  return { status, stdout };
};

describePeer('the workflows of GitHub Actions', missingFile(actionlint), () => {
  it.each(workflows)('%s has no fault', (file) => {
    expect(lint(file)).toEqual({ status: 0, stdout: '' });
  });

  it('would be found at fault', () => {
    expect(lint('-')).toMatchObject({ status: 1, stdout: expect.stringContaining('nowhere') });
  });
});
