// How large the script for XSOAR is, and what one `duo-preauth` costs in goja, from parsing the script to
// the value it returns, the time on the wire taken off, as a whole and by phase: each run has an engine
// of its own, as on the server. Needs Go. Run
// `node scripts/run.js bench/goja.ts`; it ends with 1 when the median, with a heap
// like a server's, is over the limit.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../scripts/bundle/build-bundle.ts';
import { startSimulator } from '../src/simulator/index.ts';
import {
  buildGojaHost,
  type GojaPhases,
  gojaVersions,
  startGojaHost,
} from '../testing/goja-host.ts';
import { type Measurement, saveMeasurements } from './results.ts';

const runs = 200;
const warmUps = 10;
const limitMs = 20;

const folder = mkdtempSync(join(tmpdir(), 'goja-bench-'));
const script = join(folder, 'DuoAuthAPI.js');
const bundle = await buildBundle();
writeFileSync(script, bundle);
const simulator = await startSimulator();

interface Cost extends GojaPhases {
  readonly allMs: number;
}

// A server's heap is hundreds of megabytes, so what a script leaves behind is seldom collected while
// it runs. In a program as small as this one Go collects all the time, unless it is asked to wait.
const heaps = { "like a server's": '400', 'of a small program': '100' };

/** What the runs cost, the cheapest first. */
const measure = async (binary: string, collectAtPercent: string): Promise<Cost[]> => {
  const options = ['-script', script, '-ca', simulator.caFile];
  const host = startGojaHost(binary, options, { GOGC: collectAtPercent });
  const { hostname, ikey: identifier, skey: password } = simulator;
  const job = {
    command: 'duo-preauth',
    params: { hostname, credentials: { identifier, password } },
    args: { username: 'alice' },
  };
  const costs: Cost[] = [];
  for (let run = 0; run < warmUps + runs; run += 1) {
    const { result, totalMs, httpMs, phases } = await host.run(job);
    if (result?.Type !== 1) {
      throw new Error(JSON.stringify(result));
    }
    costs.push({ allMs: totalMs - httpMs, ...phases });
  }
  host.close();
  return costs.slice(warmUps).sort((a, b) => a.allMs - b.allMs);
};

const phaseNames = {
  parseMs: 'parsing',
  prepareMs: 'schemas, parameters, arguments',
  signMs: 'signing',
  readMs: 'reading',
} as const;

const phasesOf = (costs: readonly Cost[]) =>
  (Object.keys(phaseNames) as (keyof typeof phaseNames)[]).map((phase) => ({
    name: phaseNames[phase],
    samples: costs.map((cost) => cost[phase]),
  }));

const kilobytes = (text: string): number[] => [Buffer.byteLength(text) / 1024];

const at = (sorted: readonly Cost[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)]?.allMs ?? Number.NaN;

const [ours = '', libraries = ''] = bundle.split('// The libraries.');
const measurements: Measurement[] = [
  {
    id: 'xsoar-bundle',
    title: 'The script for XSOAR',
    unit: 'KB',
    contestants: [
      { name: 'the script', samples: kilobytes(bundle) },
      { name: 'our code', samples: kilobytes(ours) },
      { name: 'libraries and their licenses', samples: kilobytes(libraries) },
    ],
    ours: 'the script',
    target: 160,
  },
];
process.stdout.write(`${cpus()[0]?.model} x ${cpus().length}, ${runs} runs each\n`);
for (const [version, moduleFile] of Object.entries(gojaVersions)) {
  const binary = join(folder, 'host');
  buildGojaHost(moduleFile, binary);
  for (const [heap, collectAtPercent] of Object.entries(heaps)) {
    const costs = await measure(binary, collectAtPercent);
    const [least, median, most] = [0, 0.5, 0.95].map((share) => at(costs, share).toFixed(1));
    process.stdout.write(
      `goja ${version}, heap ${heap}: least ${least} ms, median ${median} ms, 95 % within ${most} ms\n`,
    );
    if (heap === "like a server's") {
      const name = `goja ${version}`;
      measurements.push({
        id: `goja-${version.replaceAll(' ', '-')}`,
        title: `One command in ${name}, on a heap like a server's`,
        unit: 'ms',
        contestants: [{ name, samples: costs.map(({ allMs }) => allMs) }, ...phasesOf(costs)],
        ours: name,
        target: 20,
      });
      if (at(costs, 0.5) > limitMs) {
        process.exitCode = 1;
      }
    }
  }
}
saveMeasurements(measurements);
await simulator.close();
rmSync(folder, { recursive: true });
