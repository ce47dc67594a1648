import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createLineWriter, forEachConcurrently, run } from '../../src/cli/run.ts';
import { createManualClock } from '../../src/simulator/index.ts';
import { startStill, until } from '../../testing/running-simulator.ts';
import { fakeContext } from './cli-context.ts';
import { environmentOf, paramsOf, startQuick } from './cli-simulator.ts';

type Answer = { id: unknown; entries?: unknown[]; error?: { name: string } };

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

const answersTo = async (stdin: string, env = {}, concurrency = 100) => {
  const context = fakeContext({ stdin, env });
  const code = await run({ concurrency }, context);
  const answers = context.stdout.lines.map((line): Answer => JSON.parse(line));
  return { code, answers, context };
};

it('answers 300 lines that come at once, a broken one among them', async () => {
  const simulator = await startQuick();
  const lines = Array.from({ length: 300 }, (_, id) =>
    json({ id, command: 'duo-preauth', args: { username: `user${id}` } }),
  );
  lines[7] = '{broken\n';
  const { code, answers } = await answersTo(lines.join(''), environmentOf(simulator));
  expect(code).toBe(0);
  expect(answers).toHaveLength(300);
  const [broken] = answers.filter(({ error }) => error !== undefined);
  expect(broken).toMatchObject({ id: null, line: 8, error: { name: 'BadArgumentError' } });
  const ids = answers.filter(({ entries }) => entries !== undefined).map(({ id }) => Number(id));
  expect(ids.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 300 }, (_, id) => id).filter((id) => id !== 7),
  );
});

it('warns once of a clock that turns out to be wrong', async () => {
  const clock = createManualClock(Date.now() + 3_600_000);
  const simulator = await startStill({}, { clock });
  const line = json({ id: 1, command: 'duo-check' });
  const { answers, context } = await answersTo(line + line, environmentOf(simulator), 1);
  expect(answers.every(({ entries }) => entries?.length === 1)).toBe(true);
  expect(context.stderr.lines.filter((text) => /^Warning: .*clock/.test(text))).toHaveLength(1);
});

it('gives each answer to its own line', async () => {
  const simulator = await startQuick();
  const { answers } = await answersTo(
    ['alice', 'erin']
      .map((id) => json({ id, command: 'duo-preauth', args: { username: id } }))
      .join(''),
    environmentOf(simulator),
  );
  for (const { id, entries } of answers) {
    expect(entries).toMatchObject([{ EntryContext: { 'Duo.PreAuth': { Username: id } } }]);
  }
});

it('answers as the answers come: none waits behind a phone', async () => {
  const simulator = await startQuick();
  const stdin = new PassThrough();
  const context = fakeContext({ stdin, env: environmentOf(simulator) });
  const running = run({ concurrency: 100 }, context);
  stdin.write(json({ id: 'slow', command: 'duo-authenticate', args: { username: 'tim' } }));
  stdin.write(json({ id: 'fast', command: 'duo-check' }));
  await until(() => context.stdout.raw.includes('"fast"'), 'the fast answer');
  expect(context.stdout.raw).not.toContain('"slow"');
  await until(() => simulator.control.pending().length === 1, 'the push');
  const [push] = simulator.control.pending();
  simulator.control.answer(push?.txid ?? '', 'approve');
  await until(() => context.stdout.raw.includes('"slow"'), 'the slow answer');
  stdin.end();
  expect(await running).toBe(0);
});

it('has no more under way than it may', async () => {
  const simulator = await startQuick();
  const stdin = new PassThrough();
  const context = fakeContext({ stdin, env: environmentOf(simulator) });
  const running = run({ concurrency: 2 }, context);
  for (const id of [1, 2, 3]) {
    stdin.write(json({ id, command: 'duo-authenticate', args: { username: 'tim' } }));
  }
  stdin.end();
  await until(() => simulator.control.pending().length === 2, 'two pushes');
  const answerAll = () => {
    for (const { txid } of simulator.control.pending()) {
      simulator.control.answer(txid, 'deny');
    }
  };
  answerAll();
  await until(() => simulator.control.pending().length === 1, 'the third push');
  answerAll();
  expect(await running).toBe(0);
  expect(context.stdout.lines).toHaveLength(3);
});

it('runs a line on the instance that it brings', async () => {
  const simulator = await startQuick();
  const { answers } = await answersTo(
    json({ id: 1, command: 'duo-check', params: paramsOf(simulator) }) +
      json({ id: 2, command: 'duo-check' }) +
      json({ id: 3, command: 'duo-check', params: { hostname: 'h' } }),
  );
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  expect(byId.get(1)).toHaveProperty('entries');
  expect(byId.get(2)).toMatchObject({ error: { name: 'BadParameterError' } });
  expect(byId.get(3)).toMatchObject({ error: { faults: [{ name: 'ikey' }, { name: 'skey' }] } });
});

it('answers what cannot be run with the error, whole', async () => {
  const simulator = await startQuick();
  const { code, answers, context } = await answersTo(
    json({ id: 1, command: 'duo-chek' }) +
      json({ id: 2, command: 'duo-preauth', args: { user: 'alice' } }) +
      '\n\n' +
      json({ id: 3, command: 'duo-check', params: { ...paramsOf(simulator), skey: 'wrong' } }),
    environmentOf(simulator),
  );
  const byId = new Map(answers.map((answer) => [answer.id, answer.error]));
  expect(code).toBe(0);
  expect(answers).toHaveLength(3);
  expect(byId.get(1)).toMatchObject({ code: 'unknown_command', suggestion: 'duo-check' });
  expect(byId.get(2)).toMatchObject({ code: 'bad_argument', faults: expect.any(Array) });
  expect(byId.get(3)).toMatchObject({ code: 'duo_refused', duoCode: 40103, httpStatus: 401 });
  expect(context.stdout.raw + context.stderr.raw).not.toContain('wrong');
});

it('answers what is under way when it is cancelled, and reads no further', async () => {
  const simulator = await startQuick();
  const stdin = new PassThrough();
  const cancel = new AbortController();
  const context = fakeContext({ stdin, env: environmentOf(simulator), signal: cancel.signal });
  const running = run({ concurrency: 100 }, context);
  stdin.write(json({ id: 1, command: 'duo-authenticate', args: { username: 'tim' } }));
  await until(() => simulator.control.pending().length === 1, 'the push');
  cancel.abort();
  expect(await running).toBe(130);
  expect(JSON.parse(context.stdout.text)).toMatchObject({
    id: 1,
    error: { code: 'cancelled', mayReachUser: true },
  });
});

it('gives an id back digit by digit', async () => {
  const context = fakeContext({
    stdin: '{"id":9007199254740993,"command":"x"}\n',
    env: {},
  });
  await run({ concurrency: 1 }, context);
  expect(context.stdout.text).toMatch(/^\{"id":9007199254740993,"error":/);
});

it('is cancelled at once with thousands of lines queued and the input open', async () => {
  const simulator = await startQuick();
  const stdin = new PassThrough();
  const cancel = new AbortController();
  const context = fakeContext({ stdin, env: environmentOf(simulator), signal: cancel.signal });
  const running = run({ concurrency: 2 }, context);
  for (let id = 0; id < 5000; id += 1) {
    stdin.write(json({ id, command: 'duo-authenticate', args: { username: 'tim' } }));
  }
  await until(() => simulator.control.pending().length === 2, 'the pushes');
  cancel.abort();
  expect(await running).toBe(130);
  expect(context.stdout.lines).toHaveLength(2);
});

describe('work on many items', () => {
  /** Work that ends when the test says so, and items that count how many were taken. */
  const bench = (count: number) => {
    const open: (() => void)[] = [];
    let taken = 0;
    async function* items() {
      while (taken < count) {
        taken += 1;
        yield taken;
      }
    }
    return {
      items: items(),
      taken: () => taken,
      work: () => new Promise<void>((resolve) => open.push(resolve)),
      finishOne: () => open.shift()?.(),
      settled: () => new Promise((resolve) => setImmediate(resolve)),
    };
  };

  it('takes no more items than there are places, and the next as one is free', async () => {
    const { items, work, taken, finishOne, settled } = bench(5);
    const all = forEachConcurrently(items, 2, work);
    await settled();
    expect(taken()).toBe(2);
    finishOne();
    await settled();
    expect(taken()).toBe(3);
    for (let rest = 0; rest < 4; rest += 1) {
      finishOne();
      await settled();
    }
    await all;
    expect(taken()).toBe(5);
  });

  it('keeps nothing of what has ended, however long other work pends', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const heapMb = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed / 2 ** 20;
    };
    const pending = 90;
    const quick = 20_000;
    const open: (() => void)[] = [];
    let grownMb = Number.POSITIVE_INFINITY;
    async function* items() {
      yield* Array(pending).fill('pending');
      const beforeMb = heapMb();
      yield* Array(quick).fill('quick');
      grownMb = heapMb() - beforeMb;
      for (const finish of open) {
        finish();
      }
    }
    const work = (kind: string) =>
      kind === 'pending' ? new Promise<void>((resolve) => open.push(resolve)) : Promise.resolve();
    await forEachConcurrently(items(), 100, work);
    // A reaction for each item on each promise that pends comes to hundreds of megabytes.
    expect(grownMb).toBeLessThan(20);
  });

  it('ends only when the last work has', async () => {
    const { items, work, finishOne, settled } = bench(2);
    let hasEnded = false;
    const all = forEachConcurrently(items, 10, work).then(() => {
      hasEnded = true;
    });
    await settled();
    finishOne();
    await settled();
    expect(hasEnded).toBe(false);
    finishOne();
    await all;
  });

  it.each([1, 10])('fails when work does, below the limit too: %i at once', async (limit) => {
    const { items, taken } = bench(300);
    const work = () => Promise.reject(new Error('broken'));
    await expect(forEachConcurrently(items, limit, work)).rejects.toThrow('broken');
    expect(taken()).toBeLessThan(300);
  });
});

describe('the writer of lines', () => {
  it('waits for room', async () => {
    const output = new PassThrough({ highWaterMark: 16 });
    const write = createLineWriter(output);
    let written = 0;
    const all = Promise.all(
      Array.from({ length: 50 }, async (_, id) => {
        await write(`${id}: longer than the buffer is`);
        written += 1;
      }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(3);
    let text = '';
    output.on('data', (chunk) => {
      text += chunk;
    });
    await all;
    const ids = text.trimEnd().split('\n').map(Number.parseFloat);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, id) => id));
  });

  it('fails when the output does', async () => {
    const output = new PassThrough();
    output.on('error', () => undefined);
    output.destroy(new Error('EPIPE'));
    await expect(createLineWriter(output)('x')).rejects.toThrow();
  });
});
