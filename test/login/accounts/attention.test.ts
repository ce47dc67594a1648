import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Attention, createAttention } from '../../../src/login/accounts/attention.ts';
import { createMemoryStore, type Store } from '../../../src/login/store/store.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';

const clock = createManualClock();
const limits = { unapprovedPerUser: 3, windowMs: 60_000, pendingMs: 10_000 };
let store: Store;
let attention: Attention;
beforeEach(() => {
  store = createMemoryStore(clock.now);
  attention = createAttention(store, limits);
});
afterEach(() => store.close());

const send = async (owner: string, ending: 'approved' | 'not-approved' | 'fraud') => {
  const why = await attention.reserve('alice', owner);
  if (why === undefined) {
    await attention.settle('alice', owner, ending);
  }
  return why;
};

it('lets one of a hundred at once through', async () => {
  const all = await Promise.all(
    Array.from({ length: 100 }, (_, index) => attention.reserve('alice', `login-${index}`)),
  );
  expect(all.filter((why) => why === undefined)).toHaveLength(1);
  expect(all.filter((why) => why === 'already-pending')).toHaveLength(99);
});

it('counts what was not approved, over all logins and spellings', async () => {
  expect(await send('a', 'not-approved')).toBeUndefined();
  expect(await send('b', 'not-approved')).toBeUndefined();
  expect(await send('c', 'not-approved')).toBeUndefined();
  expect(await send('d', 'not-approved')).toBe('too-many');
  expect(await attention.reserve('ALICE@corp.example', 'e')).toBe('too-many');
  expect(await attention.reserve('bob', 'f')).toBeUndefined();
});

it.each([
  ['an approval', () => send('c', 'approved')],
  ['a code', () => attention.approve('alice')],
])('begins to count anew after %s', async (_what, prove) => {
  await send('a', 'not-approved');
  await send('b', 'not-approved');
  await prove();
  for (const owner of ['d', 'e', 'f']) {
    expect(await send(owner, 'not-approved')).toBeUndefined();
  }
});

it('forgives after its window', async () => {
  for (const owner of ['a', 'b', 'c']) {
    await send(owner, 'not-approved');
  }
  clock.advance(60_000);
  expect(await send('d', 'not-approved')).toBeUndefined();
});

it('does not count what was never sent', async () => {
  for (let time = 0; time < 5; time += 1) {
    expect(await attention.reserve('alice', 'a')).toBeUndefined();
    await attention.release('alice', 'a');
  }
});

it('gives the place back only to what holds it', async () => {
  await attention.reserve('alice', 'a');
  expect(await attention.settle('alice', 'b', 'not-approved')).toBe(false);
  expect(await attention.reserve('alice', 'c')).toBe('already-pending');
  clock.advance(10_000);
  expect(await attention.reserve('alice', 'c')).toBeUndefined();
});

describe('after a report of fraud', () => {
  it('sends nothing until it is unlocked', async () => {
    await send('a', 'fraud');
    clock.advance(365 * 86_400_000);
    expect(await send('b', 'approved')).toBe('after-fraud');
    await attention.approve('alice');
    expect(await send('b', 'approved')).toBe('after-fraud');
    expect(await attention.unlock('alice')).toBe(true);
    expect(await attention.unlock('alice')).toBe(false);
    expect(await send('b', 'approved')).toBeUndefined();
  });

  it('sends again after the time that is set', async () => {
    attention = createAttention(store, { ...limits, fraudLockMs: 1_000 });
    await send('a', 'fraud');
    expect(await send('b', 'approved')).toBe('after-fraud');
    clock.advance(1_000);
    expect(await send('b', 'approved')).toBeUndefined();
  });
});
