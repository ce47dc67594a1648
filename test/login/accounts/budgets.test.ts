import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressKey, createBudgets } from '../../../src/login/accounts/budgets.ts';
import { createMemoryStore, type Store } from '../../../src/login/store/store.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';

const clock = createManualClock();
const limits = { failuresPerUser: 3, failuresPerAddress: 5, windowMs: 1_000, failmodeGrants: 2 };
let store: Store;
beforeEach(() => {
  store = createMemoryStore(clock.now);
});
afterEach(() => store.close());

const alice = { username: 'alice', address: '192.0.2.1' };

it('bears as many failures of a user as it says, from anywhere', async () => {
  const budgets = createBudgets(store, limits);
  const from = (last: number) => budgets.charge({ ...alice, address: `192.0.2.${last}` });
  expect([await from(1), await from(2), await from(3), await from(4)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(await budgets.isSpent({ ...alice, address: '192.0.2.9' })).toBe(true);
});

it('bears as many failures of an address as it says, anyone who is tried', async () => {
  const budgets = createBudgets(store, limits);
  const tried = [];
  for (const username of ['a', 'b', 'c', 'd', 'e', 'f']) {
    tried.push(await budgets.charge({ username, address: '192.0.2.1' }));
  }
  expect(tried).toEqual([true, true, true, true, true, false]);
});

it('counts other spellings of a name as the same user', async () => {
  const budgets = createBudgets(store, limits);
  for (const username of ['Alice', 'ALICE ', 'ａｌｉｃｅ']) {
    await budgets.charge({ ...alice, username });
  }
  expect(await budgets.isSpent(alice)).toBe(true);
});

it('gives back what turned out to be no failure', async () => {
  const budgets = createBudgets(store, limits);
  for (let time = 0; time < 10; time += 1) {
    expect(await budgets.charge(alice)).toBe(true);
    await budgets.refund(alice);
  }
  expect(await budgets.isSpent(alice)).toBe(false);
});

it('lets no more through when a hundred guess at once', async () => {
  const budgets = createBudgets(store, limits);
  const all = await Promise.all(Array.from({ length: 100 }, () => budgets.charge(alice)));
  expect(all.filter(Boolean)).toHaveLength(3);
});

it('does not count an attempt that may not go on', async () => {
  const budgets = createBudgets(store, limits);
  await Promise.all(Array.from({ length: 100 }, () => budgets.charge(alice)));
  for (let time = 0; time < 3; time += 1) {
    await budgets.refund(alice);
  }
  expect(await budgets.isSpent(alice)).toBe(false);
  expect(await budgets.charge(alice)).toBe(true);
});

it('counts the grants of the failmode for all users together', async () => {
  const budgets = createBudgets(store, limits);
  const taken = [];
  for (let time = 0; time < 3; time += 1) {
    taken.push(await budgets.takeFailmodeGrant());
  }
  expect(taken).toEqual([true, true, false]);
});

it('forgives after its window', async () => {
  const budgets = createBudgets(store, limits);
  for (let time = 0; time < 4; time += 1) {
    await budgets.charge(alice);
  }
  clock.advance(1_000);
  expect(await budgets.isSpent(alice)).toBe(false);
});

it('takes a counter that is corrupt for spent', async () => {
  const budgets = createBudgets(store, limits);
  await budgets.charge(alice);
  for (const key of await store.keys('failures:user:')) {
    await store.set(key, 'corrupt', 1_000);
  }
  expect(await budgets.isSpent(alice)).toBe(true);
  expect(await budgets.charge(alice)).toBe(false);
});

it('remembers a deny for as long', async () => {
  const budgets = createBudgets(store, limits);
  expect(await budgets.wasDenied('alice')).toBe(false);
  await budgets.rememberDeny('Alice');
  expect(await budgets.wasDenied('alice')).toBe(true);
  clock.advance(1_000);
  expect(await budgets.wasDenied('alice')).toBe(false);
});

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['not an address', 'not an address'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
