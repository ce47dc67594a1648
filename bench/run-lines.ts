// The JSON-lines runner with pushes that wait for a person: the most memory that its process took, with
// 60,000 short lines beside 90 pushes, and with 1,000 pushes alone. Needs `npm run build` before it:
// node scripts/run.js bench/run-lines.ts
import { startSimulator } from '../src/simulator/index.ts';
import { LineProcess } from './client-process.ts';
import { type Measurement, saveMeasurements } from './results.ts';

const simulator = await startSimulator({
  config: { settings: { pushExpiresInSeconds: 900 } },
});
const { hostname, ikey, skey, caFile } = simulator;

interface Answer {
  readonly id: string | number;
  readonly error?: { readonly message: string };
}

/** Runs lines beside pushes, and gives the most memory in MB. */
const measure = async (pushes: number, lines: number): Promise<number> => {
  const args = ['dist/cli.js', 'run', '--concurrency', String(pushes + 100)];
  const child = new LineProcess([process.execPath, ...args], {
    DUO_HOSTNAME: hostname,
    DUO_IKEY: ikey,
    DUO_SKEY: skey,
    DUO_CA_FILE: caFile,
  });
  const push = { username: 'tim', factor: 'push', polling: true, timeout_in_seconds: 800 };
  for (let index = 0; index < pushes; index += 1) {
    await child.write({ id: `push-${index}`, command: 'duo-authenticate', args: push });
  }
  const writing = (async () => {
    for (let index = 0; index < lines; index += 1) {
      await child.write({ id: index, command: 'duo-check' });
    }
  })();
  for (let answered = 0; answered < lines; answered += 1) {
    const { id, error } = (await child.read()) as Answer;
    if (error !== undefined) {
      throw new Error(`${id}: ${error.message}`);
    }
  }
  await writing;
  while (simulator.control.pending().length < pushes) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // Long enough for each push to be asked about.
  await new Promise((resolve) => setTimeout(resolve, lines > 0 ? 0 : 15_000));
  const peakMb = child.memoryMb('VmHWM');
  await child.end();
  simulator.control.reset();
  return peakMb;
};

const memoryOf = async (
  id: string,
  title: string,
  target: number,
  ...load: [pushes: number, lines: number]
): Promise<Measurement> => {
  const peakMb = await measure(...load);
  process.stdout.write(`${title}: ${peakMb.toFixed(0)} MB\n`);
  const contestants = [{ name: 'xsoar-duo run', samples: [peakMb] }];
  return { id, title, unit: 'MB', contestants, ours: 'xsoar-duo run', target };
};

const lines = Number(process.env['LINES'] ?? 60_000);
saveMeasurements([
  await memoryOf(
    'run-lines',
    `Memory of one run: ${lines.toLocaleString('en')} lines beside 90 pending pushes`,
    200,
    90,
    lines,
  ),
  await memoryOf('run-1000', 'Memory of one run with 1,000 pending pushes', 120, 1000, 0),
]);
await simulator.close();
