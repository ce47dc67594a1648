import { describe, expect, it } from 'vitest';
import type { FlowEvent } from '../../../src/login/flow/events.ts';
import { next } from '../../../src/login/flow/next.ts';
import type { FlowState, Login } from '../../../src/login/flow/state.ts';
import type { Step } from '../../../src/login/flow/step.ts';
import {
  events,
  login,
  nowMs,
  offer,
  pending,
  phone,
  states,
  tablet,
  withRules,
} from './samples.ts';

const run = (state: FlowState, ...given: FlowEvent[]): Step =>
  given.reduce<Step>((step, event) => next(step.state, event), { state, effects: [] });

const passed = (who: Login): FlowEvent => ({ kind: 'first-factor-passed', login: who });
const chosen = (device?: string, factor: 'push' | 'sms' | 'phone' = 'push'): FlowEvent => ({
  kind: 'factor-chosen',
  factor,
  device,
  atMs: nowMs,
});

describe('without Duo', () => {
  it.each(['safe-account', 'duo-off'] as const)(
    '%s is let in by the first factor',
    (withoutDuo) => {
      const step = run(
        states['first-factor'],
        passed(withRules({ secondFactor: 'none', withoutDuo })),
      );
      expect(step.state).toMatchObject({ kind: 'granted', by: withoutDuo });
    },
  );

  it('still asks for the further password, but never a safe account', () => {
    const asked = { secondFactor: 'none', requirePassword: true } as const;
    const off = withRules({ ...asked, withoutDuo: 'duo-off' });
    const safe = withRules({ ...asked, withoutDuo: 'safe-account' });
    expect(run(states['first-factor'], passed(off)).state.kind).toBe('further-password');
    expect(run(states['first-factor'], passed(safe)).state.kind).toBe('granted');
  });
});

describe('failmode', () => {
  const prechecking = (who: Login): FlowState => ({ kind: 'prechecking', login: who, call: 1 });

  it('safe lets in when Duo cannot be reached, and says so in the audit log', () => {
    const step = run(prechecking(withRules({ failmode: 'safe' })), events['duo failed']);
    expect(step.state).toMatchObject({ kind: 'granted', by: 'failmode' });
    expect(step.effects).toContainEqual({ kind: 'audit', result: 'failmode', reason: 'timeout' });
  });

  it('safe does not let in when Duo answered with a refusal', () => {
    const step = run(prechecking(withRules({ failmode: 'safe' })), {
      kind: 'duo-failed',
      call: 1,
      outage: false,
      reason: '40103',
    });
    expect(step.state).toMatchObject({ kind: 'refused', reason: 'duo-unavailable' });
  });

  it('safe does not let in when the outage comes after Duo said what to do', () => {
    const safe = withRules({ failmode: 'safe' });
    const failed: FlowEvent = { ...events['duo failed'], call: 2 };
    const step = run({ kind: 'choosing', login: safe, offer }, chosen(), failed);
    expect(step.state).toMatchObject({ kind: 'choosing', notice: 'duo-unavailable' });
  });

  it('asks for the further password all the same', () => {
    const who = withRules({ failmode: 'safe', requirePassword: true });
    expect(run(prechecking(who), events['duo failed']).state.kind).toBe('further-password');
  });
});

describe('autopush', () => {
  it('sends a push as soon as preauth says auth, to the device of this browser', () => {
    const who = { ...withRules({ autopush: true }), preferredDevice: 'DP2' };
    const step = run({ kind: 'prechecking', login: who, call: 1 }, events['preauth: auth']);
    expect(step.effects).toMatchObject([{ kind: 'start', factor: 'push', device: 'DP2' }]);
  });

  it('never sends another one by itself after a deny', () => {
    const who = withRules({ autopush: true });
    const step = run({ kind: 'waiting', login: who, offer, pending }, events['answered: deny']);
    expect(step.state).toMatchObject({ kind: 'choosing', notice: 'denied' });
    expect(step.effects.map(({ kind }) => kind)).not.toContain('start');
  });

  it('offers the choices when no device takes a push', () => {
    const landline = { ...phone, capabilities: ['auto', 'phone'] };
    const step = run(
      { kind: 'prechecking', login: withRules({ autopush: true }), call: 1 },
      {
        kind: 'preauth-answered',
        call: 1,
        answer: { result: 'auth', devices: [landline] },
        atMs: nowMs,
      },
    );
    expect(step.state.kind).toBe('choosing');
  });
});

describe('the device', () => {
  it.each([
    ['the first that can', undefined, undefined, 'DP1'],
    ["the browser's last one", undefined, 'DP2', 'DP2'],
    ['the one asked for', 'DP1', 'DP2', 'DP1'],
  ])('is %s', (_what, wanted, preferredDevice, expected) => {
    const step = run(
      { kind: 'choosing', login: { ...login, preferredDevice }, offer },
      chosen(wanted),
    );
    expect(step.effects).toMatchObject([{ kind: 'start', device: expected }]);
  });

  it.each([
    ['one that Duo did not offer', 'DP999', 'push'],
    ['one that cannot do it', 'DP2', 'sms'],
  ] as const)('is never %s', (_what, device, factor) => {
    const step = run(states.choosing, chosen(device, factor));
    expect(step.state).toMatchObject({ kind: 'choosing', notice: 'cannot-start' });
    expect(step.effects).toEqual([]);
  });

  it('that was chosen on the page is used next', () => {
    const step = run(states.choosing, { kind: 'device-chosen', device: 'DP2' }, chosen());
    expect(step.effects).toMatchObject([{ kind: 'start', device: 'DP2' }]);
  });

  it('that Duo did not offer cannot be chosen', () => {
    const step = run(states.choosing, { kind: 'device-chosen', device: 'DP999' });
    expect(step).toEqual({ state: states.choosing, effects: [] });
  });

  it('that was used is remembered', () => {
    expect(run(states.choosing, chosen('DP2')).state).toMatchObject({
      login: { preferredDevice: 'DP2' },
    });
  });
});

describe('a verified push', () => {
  const verifiedPush = {
    txid: 'verified',
    verificationCode: '376',
    expiration: new Date(nowMs + 60_000),
  };
  const withCode: FlowState = { kind: 'choosing', login, offer: { ...offer, verifiedPush } };

  it('shows its number and uses the transaction that preauth announced', () => {
    const step = run(withCode, chosen());
    expect(step.state).toMatchObject({ pending: { verificationCode: '376' } });
    expect(step.effects).toMatchObject([{ kind: 'start', verifiedTxid: 'verified' }]);
  });

  it.each([
    ['used up', { ...offer, stale: true }],
    [
      'too old, read back from JSON',
      JSON.parse(
        JSON.stringify({
          ...offer,
          verifiedPush: { ...verifiedPush, expiration: new Date(nowMs) },
        }),
      ),
    ],
  ])('that is %s is asked for anew, and the push follows by itself', (_what, worn) => {
    const asked = run({ kind: 'choosing', login, offer: worn }, chosen());
    expect(asked.effects).toEqual([{ kind: 'preauth', call: 2 }]);
    const answer = {
      result: 'auth',
      devices: [phone, tablet],
      verifiedPush: { ...verifiedPush, verificationCode: '999' },
    } as const;
    const step = run(asked.state, { kind: 'preauth-answered', call: 2, answer, atMs: nowMs });
    expect(step.state).toMatchObject({ kind: 'waiting', pending: { verificationCode: '999' } });
  });

  it('leaves calls and messages as they are', () => {
    expect(run(withCode, chosen(undefined, 'phone')).effects).toEqual([
      { kind: 'start', call: 2, factor: 'phone', device: 'DP1', verifiedTxid: undefined },
    ]);
  });
});
