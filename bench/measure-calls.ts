import {
  type Client,
  duoNode,
  ours,
  type RunningClient,
  runTask,
  type ServerInfo,
  startClient,
} from './client-process.ts';
import type { Measurement } from './results.ts';

interface Load {
  readonly id: string;
  readonly title: string;
  readonly unit: 'calls/s' | 'signatures/s';
  readonly task: { readonly task: string; readonly count: number; readonly inFlight?: number };
  readonly target: number;
}

const calls = (count: number, inFlight: number) => ({ task: 'calls', count, inFlight });

const loads: readonly Load[] = [
  {
    id: 'sign',
    title: 'Signing, version 2, five parameters',
    unit: 'signatures/s',
    task: { task: 'sign', count: 100_000 },
    target: 1.3,
  },
  {
    id: 'serial',
    title: 'One preauth after another',
    unit: 'calls/s',
    task: calls(400, 1),
    target: 0.9,
  },
  { id: 'flight-20', title: '20 in flight', unit: 'calls/s', task: calls(1500, 20), target: 0.75 },
  {
    id: 'flight-200',
    title: '200 in flight',
    unit: 'calls/s',
    task: calls(2000, 200),
    target: 0.75,
  },
];

const measureLoad = async (
  { task, ...load }: Load,
  running: readonly RunningClient[],
  rounds: number,
): Promise<Measurement> => {
  const samples = new Map(running.map((client) => [client, [] as number[]]));
  // One round more than counts: the first warms up.
  for (let round = 0; round <= rounds; round += 1) {
    // In turns, so that a busy moment of the machine meets all of them.
    for (const [client, rates] of samples) {
      const startedMs = client.process.processorMs();
      const isAble = await runTask(client, task);
      if (isAble !== undefined && round > 0) {
        // By processor time, which a busy machine does not change much. The kernel counts it in ticks of 10 ms.
        rates.push((task.count / (client.process.processorMs() - startedMs)) * 1000);
      }
    }
  }
  const contestants = [...samples]
    .filter(([, rates]) => rates.length > 0)
    .map(([{ client, runtime }, rates]) => ({ name: client.name, runtime, samples: rates }));
  return { ...load, contestants, ours, reference: duoNode };
};

/** Signing and preauths, every client in turn against the same server. */
export const measureCalls = async (
  clients: readonly Client[],
  info: ServerInfo,
  rounds: number,
): Promise<Measurement[]> => {
  const running: RunningClient[] = [];
  for (const client of clients) {
    running.push(await startClient(client, info));
  }
  const measurements: Measurement[] = [];
  for (const load of loads) {
    measurements.push(await measureLoad(load, running, rounds));
  }
  await Promise.all(running.map(({ process: client }) => client.end()));
  return measurements;
};

/** The most memory that a process takes for 5,000 preauths, 20 in flight. */
export const measureMemory = async (
  clients: readonly Client[],
  info: ServerInfo,
): Promise<Measurement> => {
  const contestants: { name: string; runtime: string; samples: number[] }[] = [];
  for (const client of clients) {
    const running = await startClient(client, info);
    await runTask(running, calls(5000, 20));
    const samples = [running.process.memoryMb('VmHWM')];
    contestants.push({ name: client.name, runtime: running.runtime, samples });
    await running.process.end();
  }
  return {
    id: 'memory-20',
    title: 'Memory for 5,000 preauths, 20 in flight',
    unit: 'MB',
    contestants,
    ours,
    target: 90,
  };
};

/** Memory of one process in which so many pushes wait for their users. */
export const measurePending = async (
  client: Client,
  info: ServerInfo,
  { pushes, target }: { readonly pushes: number; readonly target: number },
): Promise<Measurement> => {
  const running = await startClient(client, info);
  await runTask(running, { task: 'pend', count: pushes });
  await new Promise((resolve) => setTimeout(resolve, 5_000 + pushes * 5));
  const samples = [running.process.memoryMb('VmRSS')];
  await running.process.end();
  return {
    id: `pending-${pushes}`,
    title: `Memory with ${pushes.toLocaleString('en')} pending pushes`,
    unit: 'MB',
    contestants: [{ name: client.name, runtime: running.runtime, samples }],
    ours,
    target,
  };
};
