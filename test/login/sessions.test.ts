import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSessions, type Sessions } from '../../src/login/sessions.ts';
import { createMemoryStore, type Store } from '../../src/login/store/store.ts';
import { createManualClock } from '../../testing/manual-clock.ts';

const clock = createManualClock();
const minuteMs = 60_000;
let store: Store;
let sessions: Sessions;
beforeEach(() => {
  store = createMemoryStore(clock.now);
  sessions = createSessions(
    store,
    { idleMs: 30 * minuteMs, absoluteMs: 120 * minuteMs },
    clock.now,
  );
});
afterEach(() => store.close());

const begun = { username: 'alice', groups: ['soc'], by: 'push', address: '192.0.2.1' } as const;

it('finds a session by its cookie and by nothing else', async () => {
  const id = await sessions.open(begun);
  expect(await sessions.find(id)).toMatchObject(begun);
  expect(await sessions.find(undefined)).toBeUndefined();
  expect(await sessions.find(`${id}x`)).toBeUndefined();
  const [listed] = await sessions.list();
  expect(await sessions.find(listed?.name)).toBeUndefined();
});

it('ends after the idle time, which requests prolong', async () => {
  const id = await sessions.open(begun);
  for (let time = 0; time < 3; time += 1) {
    clock.advance(29 * minuteMs);
    expect(await sessions.find(id)).toBeDefined();
  }
  clock.advance(30 * minuteMs);
  expect(await sessions.find(id)).toBeUndefined();
});

it('ends after the absolute time, whatever is asked', async () => {
  const id = await sessions.open(begun);
  for (let time = 0; time < 11; time += 1) {
    clock.advance(10 * minuteMs);
    expect(await sessions.find(id)).toBeDefined();
  }
  clock.advance(10 * minuteMs);
  expect(await sessions.find(id)).toBeUndefined();
});

it('does not bring back a session that was ended while it was in use', async () => {
  const id = await sessions.open(begun);
  clock.advance(5 * minuteMs);
  const [used] = await Promise.all([sessions.find(id), sessions.end(id)]);
  expect(used).toBeDefined();
  expect(await sessions.find(id)).toBeUndefined();
});

it('lists sessions without their cookies, and ends them by name or by user', async () => {
  const id = await sessions.open(begun);
  await sessions.open({ ...begun, username: 'Alice' });
  const bob = await sessions.open({ ...begun, username: 'bob' });
  const listed = await sessions.list();
  expect(listed.map(({ username }) => username).sort()).toEqual(['Alice', 'alice', 'bob']);
  expect(JSON.stringify(listed)).not.toContain(id);
  const name = listed.find(({ username }) => username === 'bob')?.name ?? '';
  expect(await sessions.endNamed(name)).toBe(true);
  expect(await sessions.endNamed(name)).toBe(false);
  expect(await sessions.find(bob)).toBeUndefined();
  expect(await sessions.endAllOf('ALICE')).toBe(2);
  expect(await sessions.list()).toEqual([]);
});
