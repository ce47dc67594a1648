import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');

/** Build the command line, without types, where no other build looks. Gives the program's path. */
export const buildCli = async (): Promise<{ program: string; remove: () => Promise<void> }> => {
  const require = createRequire(import.meta.url);
  const tsup = join(dirname(require.resolve('tsup/package.json')), 'dist', 'cli-default.js');
  // Inside the project, so that its packages are found.
  const folder = join(root, 'node_modules', '.cache', `xsoar-duo-cli-${process.pid}`);
  await promisify(execFile)(process.execPath, [tsup, '--no-dts', '--silent', '--out-dir', folder], {
    cwd: root,
  });
  await promisify(execFile)(
    process.execPath,
    ['scripts/run.js', 'scripts/build-entries.ts', folder],
    { cwd: root },
  );
  return {
    program: join(folder, 'cli.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
