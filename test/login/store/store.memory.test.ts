import { afterAll, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/login/store/store.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { describeStore } from './store-contract.ts';

const clock = createManualClock();
const store = createMemoryStore(clock.now);
afterAll(() => store.close());

describeStore('memory', () => store);

it('forgets what has lived its time, and no sooner', async () => {
  await store.set('short', 'x', 1_000);
  clock.advance(999);
  expect(await store.get('short')).toBe('x');
  clock.advance(1);
  expect(await store.get('short')).toBeUndefined();
  expect(await store.takeIf('short', 'x')).toBe(false);
  expect(await store.keys('short')).toEqual([]);
});

it('does not prolong a counter by counting on', async () => {
  await store.count('window', 1, 1_000);
  clock.advance(900);
  expect(await store.count('window', 1, 1_000)).toBe(2);
  clock.advance(100);
  expect(await store.count('window', 1, 1_000)).toBe(1);
});
