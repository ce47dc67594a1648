import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { onAbort } from '../../../src/hosts/node/on-abort.ts';

it('tells everybody who waits, over one listener', () => {
  const abort = new AbortController();
  const told: number[] = [];
  const forget = [1, 2, 3].map((number) => onAbort(abort.signal, () => void told.push(number)));
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
  forget[1]?.();
  abort.abort();
  expect(told).toEqual([1, 3]);
});

it('leaves nothing behind when nobody waits any more', () => {
  const { signal } = new AbortController();
  const forget = [onAbort(signal, () => undefined), onAbort(signal, () => undefined)];
  for (const one of forget) {
    one();
  }
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it('tells at once who comes too late', () => {
  let isTold = false;
  onAbort(AbortSignal.abort(), () => {
    isTold = true;
  })();
  expect(isTold).toBe(true);
});
