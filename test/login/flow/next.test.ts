import { describe, expect, it } from 'vitest';
import type { FlowEffect } from '../../../src/login/flow/events.ts';
import { next } from '../../../src/login/flow/next.ts';
import type { FlowState } from '../../../src/login/flow/state.ts';
import { type EventName, events, states } from './samples.ts';
import { table } from './table.ts';

const describeEffect = ({ kind, ...payload }: FlowEffect): string => {
  const given = Object.entries(payload).filter(([, value]) => value !== undefined);
  return `${kind}(${given.map(([name, value]) => `${name}=${value}`).join(' ')})`;
};

const kinds = Object.keys(states) as FlowState['kind'][];
const names = Object.keys(events) as EventName[];

describe.each(kinds)('in %s', (kind) => {
  it.each(names)('%s', (name) => {
    const state = states[kind];
    const step = next(state, events[name]);
    const shown =
      step.state === state && step.effects.length === 0
        ? '='
        : [step.state.kind, ...step.effects.map(describeEffect)].join(' ');
    expect(shown).toBe(table[kind][name]);
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
