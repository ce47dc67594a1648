import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/hosts/node/gate.ts';
import { rejection } from '../../../testing/caught.ts';

const patient = () => new AbortController().signal;

describe('a gate', () => {
  it('lets so many through, and the next when one leaves, in the order of arrival', async () => {
    const gate = createGate(2);
    const inside: number[] = [];
    const entering = [1, 2, 3, 4].map(async (number) => {
      const leave = await gate.enter(patient());
      inside.push(number);
      return leave;
    });
    const leaveFirst = await entering[0];
    await entering[1];
    expect(inside).toEqual([1, 2]);
    leaveFirst?.();
    (await entering[2])?.();
    await entering[3];
    expect(inside).toEqual([1, 2, 3, 4]);
  });

  it('has the place of who left for who comes later', async () => {
    const gate = createGate(1);
    (await gate.enter(patient()))();
    expect(await gate.enter(patient())).toBeTypeOf('function');
  });

  it('does not hold who gives up, nor their place', async () => {
    const gate = createGate(1);
    const leave = await gate.enter(patient());
    const abort = new AbortController();
    const waiting = gate.enter(abort.signal);
    abort.abort(new Error('tired'));
    expect(await rejection(waiting)).toHaveProperty('message', 'tired');
    leave();
    expect(await gate.enter(patient())).toBeTypeOf('function');
  });

  it('is closed to who has given up before', async () => {
    const signal = AbortSignal.abort(new Error('tired'));
    expect(await rejection(createGate(1).enter(signal))).toHaveProperty('message', 'tired');
  });
});
