// Builds the command line on demand: `npm start` and `npx xsoar-duo` work in a fresh copy of the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The command line, once it is built. */
export const program = join(root, 'dist', 'cli.js');

const isOutOfDate = () => {
  if (!existsSync(program)) {
    return true;
  }
  const builtAtMs = statSync(program).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) =>
    join(root, 'src', name),
  );
  return [...sources, join(root, 'package.json'), join(root, 'tsup.config.ts')].some(
    (file) => statSync(file).mtimeMs > builtAtMs,
  );
};

const findTsup = () => {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve('tsup/package.json');
    return join(dirname(manifest), require(manifest).bin.tsup);
  } catch {
    return undefined;
  }
};

/** Run a step of the build. Ends the process with the step's own words when it fails. */
const step = (script, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`The build failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
};

/** Build the command line, unless it is newer than its sources. Says nothing when all goes well. */
export const buildWhenOutOfDate = () => {
  if (!isOutOfDate()) {
    return;
  }
  const tsup = findTsup();
  if (tsup === undefined) {
    process.stderr.write('The build tools are not installed. Run: npm ci\n');
    process.exit(2);
  }
  // Types take most of a build's time, and nothing that runs needs them.
  step(tsup, '--no-dts', '--no-clean');
  step('scripts/run.js', 'scripts/build-entries.ts');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildWhenOutOfDate();
}
