import { describe, expect, it } from 'vitest';
import type { FlowEffect } from '../../../src/login/flow/effect.ts';
import { next } from '../../../src/login/flow/next.ts';
import type { FlowState } from '../../../src/login/flow/state.ts';
import { type EventName, events, states } from './samples.ts';
import { table } from './table.ts';

const nameOf = (effect: FlowEffect): string => {
  if (effect.kind !== 'audit') {
    return effect.kind;
  }
  const { result, reason } = effect;
  return ['audit', result, ...(reason === undefined ? [] : [reason])].join(':');
};

const kinds = Object.keys(states) as FlowState['kind'][];
const names = Object.keys(events) as EventName[];

describe.each(kinds)('in %s', (kind) => {
  it.each(names)('%s', (name) => {
    const state = states[kind];
    const step = next(state, events[name]);
    const told =
      step.state === state && step.effects.length === 0
        ? '='
        : [step.state.kind, ...step.effects.map(nameOf)].join(' ');
    expect(told).toBe(table[kind][name]);
  });
});

it('never changes the state it is given', () => {
  const before = structuredClone(states);
  for (const kind of kinds) {
    for (const name of names) {
      next(states[kind], events[name]);
    }
  }
  expect(states).toEqual(before);
});

it('grants in no other way than the table shows', () => {
  const ways = kinds.flatMap((kind) =>
    names
      .filter((name) => table[kind][name].startsWith('granted'))
      .map((name) => `${kind}: ${name}`),
  );
  expect(ways).toEqual([
    'prechecking: preauth: allow',
    'choosing: preauth: allow',
    'waiting: answered: allow',
    'verifying: preauth: allow',
    'verifying: passcode: allow',
    'racing: answered: allow',
    'checking-password: password: right',
  ]);
});
