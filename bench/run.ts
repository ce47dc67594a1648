// `npm run bench`: every measurement, saved under bench/results/ and written into docs/benchmarks.md.
// `npm run bench -- --quick` takes fewer rounds; `--ratios` measures only what has a ratio and needs nothing but
// this project's packages, in a minute.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Client, clients, isInstalled, startServer } from './client-process.ts';
import { measureCalls, measureMemory, measurePending } from './measure-calls.ts';
import { measurePrograms } from './measure-programs.ts';
import { measureStart } from './measure-start.ts';
import { figureOf, isMet, type Measurement, type NotMeasured, type Results } from './results.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    ratios: { type: 'boolean', default: false },
    output: { type: 'string', default: 'bench/results/latest.json' },
  },
});
const rounds = values.quick || values.ratios ? 3 : 9;

const installed = clients.filter(isInstalled);
const [own, ...peers] = installed;
if (own === undefined || own !== clients[0]) {
  throw new Error('dist/ is missing. Run: npm run build');
}

const say = (measurements: readonly Measurement[]): void => {
  for (const measurement of measurements) {
    const { title, reference, unit, target } = measurement;
    const figure = figureOf(measurement).toFixed(2);
    const of = reference === undefined ? unit : `x ${reference}`;
    process.stdout.write(
      `${isMet(measurement) ? 'met   ' : 'missed'} ${title}: ${figure} ${of} (target ${target})\n`,
    );
  }
};

const measurements: Measurement[] = [];
const add = (some: readonly Measurement[]): void => {
  say(some);
  measurements.push(...some);
};

const { server, info } = await startServer();
// What is installed with this project itself.
const isAtHand = ({ install }: Client): boolean => install === '' || install.startsWith('npm ');
add(await measureCalls(values.ratios ? installed.filter(isAtHand) : installed, info, rounds));
if (!values.ratios) {
  add([await measureMemory([own, ...peers], info)]);
}
const counts = (await server.ask({})) as { readonly badSignatures: number };
if (counts.badSignatures > 0) {
  throw new Error(`${counts.badSignatures} requests were signed wrongly.`);
}
if (!values.ratios) {
  add([
    await measurePending(own, info, { pushes: 1000, target: 120 }),
    // As much for each as with 1,000.
    await measurePending(own, info, { pushes: 5000, target: 600 }),
  ]);
}
add(measureStart(info, rounds * 2));
await server.end();

const programs = values.ratios ? { measurements: [], notMeasured: [] } : measurePrograms();
add(programs.measurements);

const notMeasured: NotMeasured[] = [
  ...clients
    .filter((client) => !isInstalled(client))
    .map(({ name, install }) => ({ name, reason: `not installed: ${install}` })),
  ...programs.notMeasured,
];
for (const { name, reason } of notMeasured) {
  process.stdout.write(`not measured: ${name} (${reason})\n`);
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
const results: Results = {
  measuredAt: new Date().toISOString(),
  commit: git('describe', '--always', '--dirty'),
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
  },
  measurements,
  notMeasured,
};
mkdirSync(dirname(values.output), { recursive: true });
writeFileSync(values.output, `${JSON.stringify(results, undefined, 2)}\n`);
process.stdout.write(`${values.output}\n`);
