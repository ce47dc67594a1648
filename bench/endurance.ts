// What a long day does to the client and the simulator. Thousands of people are waited for at once and
// some of them answer: each answer reaches its own call and no other. Then hundreds of thousands of
// requests: neither side grows. `npm run bench:endurance`, or with fewer of each:
// `npm run bench:endurance -- --polls 300 --answers 30 --requests 3000`. Ends with 1 when it finds a fault.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CancelledError, DuoClient } from '../src/index.ts';
import { startSimulator } from '../src/simulator/index.ts';
import { LineProcess } from './client-process.ts';

const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    polls: { type: 'string', default: '2000' },
    answers: { type: 'string', default: '100' },
    requests: { type: 'string', default: '300000' },
    // Runs the simulator for as many users, in a process of its own so that its memory is its own.
    serve: { type: 'boolean', default: false },
  },
});
const polls = Number(options.polls);
const answers = Number(options.answers);
const requests = Number(options.requests);

const atOnce = 64;
const warmUpRequests = Math.min(requests, 20_000);
const growthLimitMb = 10;

interface Memory {
  readonly heapMb: number;
  readonly rssMb: number;
}

const readMemory = (): Memory => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 };
};

const usernameOf = (index: number): string => `user${index}`;

const serve = async (): Promise<void> => {
  const simulator = await startSimulator({
    config: {
      settings: { pushExpiresInSeconds: 3600, longPollSeconds: 30 },
      users: Array.from({ length: polls }, (_, index) => ({
        username: usernameOf(index),
        answer: 'manual' as const,
        devices: [{ kind: 'smartphone' as const, number: '+1 734 555 0107' }],
      })),
    },
  });
  const { hostname, ikey, skey, caFile } = simulator;
  const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  print({ hostname, ikey, skey, caFile });
  for await (const line of createInterface({ input: process.stdin })) {
    const { txid, answer } = JSON.parse(line);
    if (txid !== undefined) {
      simulator.control.answer(txid, answer);
    }
    print(readMemory());
  }
  await simulator.close();
};

const inParallel = async (count: number, work: (index: number) => Promise<void>) => {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const line = (text: string) => process.stdout.write(`${text}\n`);
const mb = (megabytes: number): string => `${Math.round(megabytes)} MB`;

/** Waits for all, lets some answer, and looks at who is notified of what. */
const waitForPeople = async (duo: DuoClient, server: LineProcess, faults: string[]) => {
  const before = readMemory();
  const txids: string[] = [];
  await inParallel(polls, async (index) => {
    const push = { username: usernameOf(index), factor: 'push', async: true } as const;
    txids[index] = (await duo.auth(push)).txid;
  });

  const cancel = new AbortController();
  const expected = new Map<string, string>();
  const answeredMs = new Map<string, number>();
  const delaysMs: number[] = [];
  let pushed = 0;
  let allAnswered: () => void = () => undefined;
  const answersAreIn = new Promise<void>((resolve) => {
    allAnswered = resolve;
  });
  const follow = async (txid: string): Promise<void> => {
    const onProgress = () => {
      pushed += 1;
    };
    try {
      const call = { signal: cancel.signal, deadlineSeconds: 3000, onProgress };
      const { result } = await duo.followTransaction(txid, call);
      if (result !== expected.get(txid)) {
        faults.push(`${txid} ended with ${result}, not ${expected.get(txid)}`);
      }
      delaysMs.push(performance.now() - (answeredMs.get(txid) ?? Number.NaN));
      if (delaysMs.length === answers) {
        allAnswered();
      }
    } catch (error) {
      const isOwnEnd = error instanceof CancelledError && error.txid === txid;
      if (!isOwnEnd || expected.has(txid)) {
        faults.push(`${txid} failed: ${error}`);
        allAnswered();
      }
    }
  };
  const following = txids.map(follow);
  while (pushed < polls && faults.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const waiting = readMemory();

  const step = Math.max(1, Math.floor(polls / answers));
  for (const [index, txid] of txids
    .filter((_, at) => at % step === 0)
    .slice(0, answers)
    .entries()) {
    expected.set(txid, index % 2 === 0 ? 'allow' : 'deny');
    answeredMs.set(txid, performance.now());
    await server.ask({ txid, answer: index % 2 === 0 ? 'approve' : 'deny' });
  }
  await answersAreIn;
  const { rssMb } = (await server.ask({})) as Memory;
  cancel.abort();
  await Promise.all(following);

  const sorted = delaysMs.toSorted((a, b) => a - b);
  const seconds = (share: number) =>
    `${((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(1)} s`;
  line(`${polls} people waited for at once, ${delaysMs.length} answered; from answer to arrival:`);
  line(`  median ${seconds(0.5)}, the last ${seconds(1)}`);
  line(`  client ${mb(waiting.rssMb)} (heap ${mb(waiting.heapMb)}, before ${mb(before.heapMb)})`);
  line(`  simulator ${mb(rssMb)}`);
};

const sendMany = async (duo: DuoClient, server: LineProcess, faults: string[]) => {
  const send = (count: number) =>
    inParallel(count, async (index) => {
      const username = usernameOf(index % polls);
      const { result } = await duo.preauth({ username });
      if (result !== 'auth') {
        faults.push(`${username} was answered ${result}`);
      }
    });
  await send(warmUpRequests);
  const sides = async () => ({ client: readMemory(), simulator: (await server.ask({})) as Memory });
  const before = await sides();
  const startedMs = performance.now();
  await send(requests);
  const perSecond = Math.round((requests / (performance.now() - startedMs)) * 1000);
  const after = await sides();
  line(
    `${requests} requests, ${atOnce} at once, ${perSecond} a second; the heap after collection:`,
  );
  for (const side of ['client', 'simulator'] as const) {
    const [was, is] = [before[side], after[side]];
    const grownMb = is.heapMb - was.heapMb;
    line(
      `  ${side} ${was.heapMb.toFixed(1)} MB, then ${is.heapMb.toFixed(1)} MB (${mb(is.rssMb)} in all)`,
    );
    if (grownMb > growthLimitMb) {
      faults.push(`the ${side} grew by ${mb(grownMb)}`);
    }
  }
};

const measure = async (): Promise<void> => {
  const program = [process.execPath, 'scripts/run.js', 'bench/endurance.ts'];
  const server = new LineProcess([...program, '--serve', '--polls', String(polls)]);
  const connection = (await server.read()) as ConstructorParameters<typeof DuoClient>[0];
  const duo = new DuoClient({ ...connection, timeout: 60 });
  const faults: string[] = [];
  line(`Node ${process.version}`);
  await waitForPeople(duo, server, faults);
  await sendMany(duo, server, faults);
  duo.close();
  await server.end();
  line(faults.length === 0 ? 'nothing wrong, nothing lost' : faults.slice(0, 20).join('\n'));
  process.exitCode = Number(faults.length > 0);
};

await (options.serve ? serve() : measure());
