import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cleanEnvironment, type ServerInfo } from './client-process.ts';
import type { Contestant, Measurement } from './results.ts';

const node = process.execPath;
const threeLines = join(import.meta.dirname, 'clients', 'duo-check.js');

interface Program {
  readonly name: string;
  readonly args: readonly string[];
}

const empty = { name: 'node -e 0', args: ['-e', '0'] };
const duoCheck = { name: "a script with Duo's client", args: [threeLines] };
const check = { name: "xsoar-duo exec '!duo-check'", args: ['dist/cli.js', 'exec', '!duo-check'] };
const version = { name: 'xsoar-duo --version', args: ['dist/cli.js', '--version'] };
const library = {
  name: "import 'xsoar-duo'",
  args: ['--input-type=module', '-e', "await import('./dist/index.mjs')"],
};
const emptyModule = {
  name: 'an empty module',
  args: ['--input-type=module', '-e', "await import('node:fs')"],
};
const programs: readonly Program[] = [empty, duoCheck, check, version, emptyModule, library];

// The shell prints what its children used, which Node does not tell of a process that has ended.
const script = '"$@" >/dev/null; status=$?; times; exit $status';

const toMs = (time = ''): number => {
  const [minutes, seconds] = time.split('m').map(Number.parseFloat);
  return ((minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
};

/** Processor time of one process, in milliseconds. */
const runOnce = ({ name, args }: Program, env: NodeJS.ProcessEnv): number => {
  const command = ['-c', script, 'bash', node, ...args];
  const { status, stdout, stderr } = spawnSync('bash', command, { env, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${name} ended with ${status}: ${stderr}`);
  }
  const [user, system] = stdout.split('\n')[1]?.split(' ') ?? [];
  return toMs(user) + toMs(system);
};

/** Whole processes, from their start to their end, by the processor time that they use. */
export const measureStart = ({ port, ikey, skey, caFile }: ServerInfo, rounds: number) => {
  const env = {
    ...cleanEnvironment(),
    DUO_HOSTNAME: `localhost:${port}`,
    DUO_PORT: String(port),
    DUO_IKEY: ikey,
    DUO_SKEY: skey,
    DUO_CA_FILE: caFile,
  };
  const samples = new Map(programs.map((program) => [program, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [program, times] of samples) {
      const milliseconds = runOnce(program, env);
      if (round > 0) {
        times.push(milliseconds);
      }
    }
  }
  const of = (program: Program): Contestant => ({
    name: program.name,
    runtime: `node ${process.version}`,
    samples: samples.get(program) ?? [],
  });
  const [emptyTimes, libraryTimes] = [emptyModule, library].map((one) => samples.get(one) ?? []);
  const importTimes = (libraryTimes ?? []).map((time, round) => time - (emptyTimes?.[round] ?? 0));
  const measurements: Measurement[] = [
    {
      id: 'cold-check',
      title: 'A cold process, one check',
      unit: 'ms',
      contestants: [of(empty), of(duoCheck), of(check)],
      ours: check.name,
      reference: duoCheck.name,
      target: 1.6,
    },
    {
      id: 'cold-version',
      title: 'A cold process, its version',
      unit: 'ms',
      contestants: [of(empty), of(version)],
      ours: version.name,
      reference: empty.name,
      target: 1.2,
    },
    {
      id: 'import',
      title: 'Importing the library, beyond an empty module',
      unit: 'ms',
      contestants: [{ ...of(library), samples: importTimes }],
      ours: library.name,
      target: 60,
    },
  ];
  return measurements;
};
