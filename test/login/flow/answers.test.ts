import { describe, expect, it } from 'vitest';
import type { FlowEvent } from '../../../src/login/flow/events.ts';
import { next } from '../../../src/login/flow/next.ts';
import type { FlowState } from '../../../src/login/flow/state.ts';
import { events, login, nowMs, offer, pending, phone, states } from './samples.ts';

const run = (state: FlowState, ...given: FlowEvent[]): FlowState =>
  given.reduce((before, event) => next(before, event).state, state);

const passcode = (call: number, result: 'allow' | 'deny'): FlowEvent => ({
  kind: 'passcode-answered',
  call,
  answer: { result, status: result },
});

describe('a push and a code at once', () => {
  it('the code wins, and the late approval changes nothing', () => {
    const won = run(states.racing, passcode(2, 'allow'));
    expect(won).toMatchObject({ kind: 'granted', by: 'passcode' });
    expect(run(won, events['answered: allow'])).toBe(won);
    expect(run(won, events['answered: deny'])).toBe(won);
  });

  it('the push wins, and the late code changes nothing', () => {
    const won = run(states.racing, events['answered: allow']);
    expect(won).toMatchObject({ kind: 'granted', by: 'push' });
    expect(run(won, passcode(2, 'deny'))).toBe(won);
  });

  it('a wrong code leaves the push pending', () => {
    expect(run(states.racing, passcode(2, 'deny'))).toMatchObject({
      kind: 'waiting',
      pending,
      notice: 'wrong-passcode',
    });
  });

  it('a denied push leaves the code at Duo', () => {
    const after = run(states.racing, events['answered: deny']);
    expect(after).toMatchObject({ kind: 'verifying', checks: [2] });
    expect(run(after, passcode(2, 'allow')).kind).toBe('granted');
  });

  it('a code sent twice is judged by whichever answer allows', () => {
    const twice = run(states.choosing, events['passcode given'], events['passcode given']);
    expect(twice).toMatchObject({ kind: 'verifying', checks: [2, 3] });
    const once = run(twice, passcode(3, 'deny'));
    expect(once).toMatchObject({ kind: 'verifying', checks: [2] });
    expect(run(once, passcode(2, 'allow')).kind).toBe('granted');
  });

  it('an outage of the code alone leaves the push pending', () => {
    const failed: FlowEvent = { kind: 'duo-failed', call: 2, outage: true, reason: 'timeout' };
    expect(run(states.racing, failed)).toMatchObject({
      kind: 'waiting',
      notice: 'duo-unavailable',
    });
  });
});

describe('an answer that is not awaited', () => {
  const foreign = 'tx-of-somebody-else';

  it.each<[string, FlowState, FlowEvent]>([
    ['of another transaction', states.waiting, { ...events['answered: allow'], txid: foreign }],
    [
      'of another transaction, racing',
      states.racing,
      { ...events['answered: allow'], txid: foreign },
    ],
    ['about another transaction', states.waiting, { ...events.progressed, txid: foreign }],
    ['to another start', states.waiting, { ...events.started, call: 99 }],
    ['to another failure', states.waiting, { ...events['duo failed'], call: 99 }],
    ['to another failure, racing', states.racing, { ...events['duo failed'], call: 99 }],
    ['to another failure, verifying', states.verifying, { ...events['duo failed'], call: 99 }],
    ['to another preauth', states.prechecking, { ...events['preauth: allow'], call: 99 }],
    ['to another outage', states.prechecking, { ...events['duo failed'], call: 99 }],
    ['to an old refresh', states.choosing, { ...events['preauth: allow'], call: 99 }],
    ['to another code', states.verifying, { ...events['passcode: allow'], call: 99 }],
    [
      'to another password',
      states['checking-password'],
      { ...events['password: right'], call: 99 },
    ],
  ])('%s changes nothing', (_what, state, event) => {
    expect(next(state, event)).toEqual({ state, effects: [] });
  });

  it('never arrives before its transaction is known', () => {
    const { txid: _unknown, ...starting } = pending;
    const state: FlowState = { kind: 'waiting', login, offer, pending: starting };
    expect(next(state, events['answered: allow']).state).toBe(state);
  });
});

describe('the budget of one login', () => {
  const poor = { ...login, attemptsLeft: 0 };
  const chosen: FlowEvent = { kind: 'factor-chosen', factor: 'push', atMs: nowMs };

  it.each<[string, FlowState, FlowEvent, string]>([
    ['pushes', { kind: 'choosing', login: poor, offer }, chosen, 'budget'],
    ['codes', { kind: 'choosing', login: poor, offer }, events['passcode given'], 'budget'],
    ['codes beside a push', { ...states.waiting, login: poor }, events['passcode given'], 'budget'],
    [
      'further passwords',
      { kind: 'further-password', login: poor, by: 'push' },
      events['password given'],
      'further-password',
    ],
  ])('ends %s', (_what, state, event, reason) => {
    expect(next(state, event).state).toMatchObject({ kind: 'refused', reason });
  });

  it('is charged for each', () => {
    const after = run(states.choosing, chosen, events.cancelled, events['passcode given']);
    expect(after).toMatchObject({ login: { attemptsLeft: login.attemptsLeft - 2 } });
  });
});

it.each(['already-pending', 'too-many', 'after-fraud'] as const)(
  'a push that is withheld (%s) leaves the code at Duo, and says why',
  (why) => {
    const step = next(states.racing, { kind: 'withheld', call: 1, why });
    expect(step.state).toMatchObject({ kind: 'verifying', checks: [2], notice: why });
    const late = next(states.racing, { kind: 'withheld', call: 99, why });
    expect(late).toEqual({ state: states.racing, effects: [] });
  },
);

describe('a login whose gateway has gone', () => {
  it('goes back to the choices when the push was never started', () => {
    const { txid: _unknown, ...starting } = pending;
    const waiting: FlowState = { kind: 'waiting', login, offer, pending: starting };
    expect(next(waiting, events.stalled).state.kind).toBe('choosing');
    const racing: FlowState = { ...states.racing, pending: starting };
    expect(next(racing, events.stalled).effects).toEqual([]);
  });
});

it('the first digit of a text message comes from a new preauth', () => {
  const sent = next(states.waiting, events['answered: sent']);
  expect(sent.effects).toContainEqual({ kind: 'preauth', call: 2 });
  const devices = [{ ...phone, smsNextCode: '7' }];
  const refreshed = next(sent.state, {
    kind: 'preauth-answered',
    call: 2,
    answer: { result: 'auth', devices },
    atMs: nowMs,
  });
  expect(refreshed.state).toMatchObject({ notice: 'sms-sent', offer: { devices } });
});
