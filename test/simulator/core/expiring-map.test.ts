import { expect, it } from 'vitest';
import { ExpiringMap } from '../../../src/simulator/core/expiring-map.ts';

it('forgets in time, gives once what is taken, and drops the oldest beyond its limit', () => {
  const map = new ExpiringMap<string>(2);
  map.set('a', 'first', 100);
  expect(map.get('a', 99)).toBe('first');
  expect(map.get('a', 100)).toBeUndefined();
  map.set('b', 'second', 200);
  expect(map.take('b', 150)).toBe('second');
  expect(map.take('b', 150)).toBeUndefined();
  map.set('c', 'third', 300);
  map.set('d', 'fourth', 300);
  expect(map.get('a', 0)).toBeUndefined();
  expect(map.values(250)).toEqual(['third', 'fourth']);
  expect(map.values(300)).toEqual([]);
  map.clear();
  expect(map.values(0)).toEqual([]);
});
