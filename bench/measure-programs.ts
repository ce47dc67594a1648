import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement, NotMeasured } from './results.ts';

interface Program {
  readonly name: string;
  /** What Node is started with. */
  readonly command: readonly string[];
  /** Programs that it needs, each on the path. */
  readonly needs: readonly string[];
  readonly install: string;
}

// Benchmarks that stand on their own and need other people's software. They write their measurements
// to the file that BENCH_OUTPUT names.
const programs: readonly Program[] = [
  {
    name: 'one command in goja',
    command: ['scripts/run.js', 'bench/goja.ts'],
    needs: ['go'],
    install: 'sh test/peers/install.sh goja',
  },
  {
    name: 'lines of run',
    command: ['scripts/run.js', 'bench/run-lines.ts'],
    needs: [],
    install: '',
  },
  {
    name: 'what calls leave',
    command: ['--expose-gc', 'bench/client-load.js'],
    needs: [],
    install: '',
  },
  {
    name: 'people who wait at the gateway',
    command: ['scripts/run.js', 'bench/login-waiting.ts'],
    needs: [],
    install: '',
  },
  {
    name: '/auth/verify',
    command: ['scripts/run.js', 'bench/login-verify.ts'],
    needs: ['wrk', 'nginx'],
    install: 'sh test/peers/install.sh login_bench',
  },
];

const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
const isOnPath = (name: string): boolean =>
  folders.some((folder) => existsSync(join(folder, name)));

const run = (
  command: readonly string[],
): { measurements: readonly Measurement[]; failure?: string } => {
  const output = join(mkdtempSync(join(tmpdir(), 'xsoar-duo-bench-')), 'measurements.json');
  const env = { ...process.env, BENCH_OUTPUT: output };
  const { status } = spawnSync(process.execPath, command, {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return existsSync(output)
    ? { measurements: JSON.parse(readFileSync(output, 'utf8')) }
    : { measurements: [], failure: `ended with ${status}` };
};

/** The benchmarks that are programs of their own. */
export const measurePrograms = () => {
  const measurements: Measurement[] = [];
  const notMeasured: NotMeasured[] = [];
  for (const { name, command, needs, install } of programs) {
    const missing = needs.filter((program) => !isOnPath(program));
    if (missing.length > 0) {
      notMeasured.push({ name, reason: `${missing.join(' and ')} missing: ${install}` });
      continue;
    }
    const { measurements: some, failure } = run(command);
    measurements.push(...some);
    if (failure !== undefined) {
      notMeasured.push({ name, reason: `${command.join(' ')} ${failure}` });
    }
  }
  return { measurements, notMeasured };
};
