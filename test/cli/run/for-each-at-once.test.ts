import { expect, it } from 'vitest';
import { forEachAtOnce } from '../../../src/cli/run/for-each-at-once.ts';

/** Work that ends when the test says so, and items that know how many were taken. */
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
  const all = forEachAtOnce(items, 2, work);
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

it('ends only when the last work has', async () => {
  const { items, work, finishOne, settled } = bench(2);
  let hasEnded = false;
  const all = forEachAtOnce(items, 10, work).then(() => {
    hasEnded = true;
  });
  await settled();
  finishOne();
  await settled();
  expect(hasEnded).toBe(false);
  finishOne();
  await all;
});

it('fails when work does', async () => {
  const { items } = bench(3);
  const work = () => Promise.reject(new Error('broken'));
  await expect(forEachAtOnce(items, 1, work)).rejects.toThrow('broken');
});
