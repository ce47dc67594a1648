import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whileWaiting } from '../../src/cli/terminal.ts';
import { fakeContext } from './cli-context.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const onTerminal = () => fakeContext({ isTTY: true, now: () => Date.now() });

/** Work that says when it has begun, and that a test ends. */
const openWork = () => {
  let begin: () => void = () => undefined;
  let resolve: (result: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const begun = new Promise<void>((fulfil) => {
    begin = fulfil;
  });
  const ended = new Promise<string>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  const work = () => {
    begin();
    return ended;
  };
  return { begun, work, resolve, reject };
};

it('says what is awaited and for how long, and leaves nothing on the screen', async () => {
  const context = onTerminal();
  const { begun, work, resolve } = openWork();
  const waiting = whileWaiting(context, 'Waiting for alice…', (onProgress) => {
    const statusMessage = 'Pushed it.';
    setTimeout(() => onProgress({ txid: 'x', status: 'pushed', statusMessage }), 5000);
    return work();
  });
  await begun;
  await vi.advanceTimersByTimeAsync(3000);
  expect(context.stderr.text).toContain('Waiting for alice… 2 s');
  await vi.advanceTimersByTimeAsync(4000);
  expect(context.stderr.text).toContain('Pushed it. 6 s');
  resolve('done');
  expect(await waiting).toBe('done');
  const shown = context.stderr.raw.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(context.stderr.raw.length).toBe(shown);
  expect(context.stdout.raw).toBe('');
});

it('is silent when the answer is there at once', async () => {
  const context = onTerminal();
  await whileWaiting(context, 'Waiting…', async () => 'at once');
  await vi.advanceTimersByTimeAsync(2000);
  expect(context.stderr.raw).toBe('');
});

it('is silent where there is no terminal', async () => {
  const context = fakeContext();
  const { begun, work, resolve } = openWork();
  const waiting = whileWaiting(context, 'Waiting…', work);
  await begun;
  await vi.advanceTimersByTimeAsync(3000);
  resolve('done');
  await waiting;
  expect(context.stderr.raw).toBe('');
});

it('clears the line when the work fails', async () => {
  const context = onTerminal();
  const { begun, work, reject } = openWork();
  const waiting = expect(whileWaiting(context, 'Waiting…', work)).rejects.toThrow('gone');
  await begun;
  await vi.advanceTimersByTimeAsync(2000);
  reject(new Error('gone'));
  await waiting;
  const shown = context.stderr.raw.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(context.stderr.raw.length).toBe(shown);
});
