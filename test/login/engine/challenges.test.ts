import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Challenges, createChallenges } from '../../../src/login/engine/challenges.ts';
import { createMemoryStore, type Store } from '../../../src/login/store/store.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { login, states } from '../flow/samples.ts';

const clock = createManualClock();
let store: Store;
let challenges: Challenges;
beforeEach(() => {
  store = createMemoryStore(clock.now);
  challenges = createChallenges(store, { lifetimeMs: 1_000, now: clock.now });
});
afterEach(() => store.close());

const open = (state = states.choosing as Parameters<Challenges['open']>[0]['state']) =>
  challenges.open({ state, returnTo: '/', remember: false, address: '192.0.2.1' });

it('is consumed by one of a hundred, and only when granted', async () => {
  const id = await open();
  expect(await challenges.consume(id)).toBeUndefined();
  await challenges.change(id, () => states.granted);
  const all = await Promise.all(Array.from({ length: 100 }, () => challenges.consume(id)));
  expect(all.filter((one) => one !== undefined)).toHaveLength(1);
  expect(await challenges.read(id)).toBeUndefined();
});

it('loses no change when many come at once', async () => {
  const id = await open();
  const charge = () =>
    challenges.change(id, ({ state }) =>
      state.kind === 'choosing'
        ? { ...state, login: { ...state.login, calls: state.login.calls + 1 } }
        : state,
    );
  await Promise.all(Array.from({ length: 50 }, charge));
  expect((await challenges.read(id))?.state).toMatchObject({
    login: { calls: login.calls + 50 },
  });
});

it('lives its time from the first factor on, and changes do not prolong it', async () => {
  const id = await open();
  clock.advance(900);
  await challenges.change(id, () => states.waiting);
  clock.advance(100);
  expect(await challenges.read(id)).toBeUndefined();
  expect(await challenges.change(id, () => states.granted)).toBeUndefined();
});

it('ties a transaction to one login', async () => {
  const [mine, theirs] = [await open(), await open()];
  expect(await challenges.claim('tx', mine)).toBe(true);
  expect(await challenges.claim('tx', theirs)).toBe(false);
});

it.each([undefined, '', 'guess', 'a'.repeat(43)])('knows no challenge %j', async (id) => {
  expect(await challenges.read(id)).toBeUndefined();
  expect(await challenges.consume(id)).toBeUndefined();
  await expect(challenges.drop(id)).resolves.toBeUndefined();
});
