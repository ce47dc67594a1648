import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement, NotMeasured } from './results.ts';

interface Program {
  readonly name: string;
  readonly script: string;
  /** Programs that it needs, each on the path. */
  readonly needs: readonly string[];
  readonly install: string;
}

// Benchmarks that stand on their own and need other people's software. They write their measurements
// to the file that BENCH_OUTPUT names.
const programs: readonly Program[] = [
  {
    name: 'one command in goja',
    script: 'bench/goja.ts',
    needs: ['go'],
    install: 'sh test/peers/install.sh goja',
  },
  {
    name: '/auth/verify',
    script: 'bench/login-verify.ts',
    needs: ['wrk', 'nginx'],
    install: 'sh test/peers/install.sh login_bench',
  },
];

const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
const isOnPath = (name: string): boolean =>
  folders.some((folder) => existsSync(join(folder, name)));

const run = (script: string): { measurements: readonly Measurement[]; failure?: string } => {
  const output = join(mkdtempSync(join(tmpdir(), 'xsoar-duo-bench-')), 'measurements.json');
  const env = { ...process.env, BENCH_OUTPUT: output };
  const { status } = spawnSync(process.execPath, ['scripts/run.js', script], {
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
  for (const { name, script, needs, install } of programs) {
    const missing = needs.filter((program) => !isOnPath(program));
    if (missing.length > 0) {
      notMeasured.push({ name, reason: `${missing.join(' and ')} missing: ${install}` });
      continue;
    }
    const { measurements: some, failure } = run(script);
    measurements.push(...some);
    if (failure !== undefined) {
      notMeasured.push({ name, reason: `${script} ${failure}` });
    }
  }
  return { measurements, notMeasured };
};
