import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/login/store/store.ts';

const minuteMs = 60_000;
let made = 0;
const newKey = (): string => `contract:${process.pid}:${++made}`;

/** What every store must do. Keys are new in each test, so that stores may be reused. */
export const describeStore = (name: string, storeOf: () => Store): void => {
  describe(`${name} as a store`, () => {
    it('keeps a text until it is deleted', async () => {
      const store = storeOf();
      const key = newKey();
      expect(await store.get(key)).toBeUndefined();
      await store.set(key, 'a', minuteMs);
      await store.set(key, 'b', minuteMs);
      expect(await store.get(key)).toBe('b');
      await store.delete(key);
      expect(await store.get(key)).toBeUndefined();
    });

    it('adds only what is not there', async () => {
      const store = storeOf();
      const key = newKey();
      expect(await store.add(key, 'first', minuteMs)).toBe(true);
      expect(await store.add(key, 'second', minuteMs)).toBe(false);
      expect(await store.get(key)).toBe('first');
    });

    it('replaces only what is as expected', async () => {
      const store = storeOf();
      const key = newKey();
      expect(await store.replace(key, 'a', 'b', minuteMs)).toBe(false);
      await store.set(key, 'a', minuteMs);
      expect(await store.replace(key, 'other', 'b', minuteMs)).toBe(false);
      expect(await store.replace(key, 'a', 'b', minuteMs)).toBe(true);
      expect(await store.get(key)).toBe('b');
    });

    it('gives a text to one of a hundred takers', async () => {
      const store = storeOf();
      const key = newKey();
      await store.set(key, 'prize', minuteMs);
      expect(await store.takeIf(key, 'another')).toBe(false);
      const takers = Array.from({ length: 100 }, () => store.takeIf(key, 'prize'));
      expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
      expect(await store.get(key)).toBeUndefined();
    });

    it('counts a hundred at once, and never below zero', async () => {
      const store = storeOf();
      const key = newKey();
      const counts = Array.from({ length: 100 }, () => store.count(key, 1, minuteMs));
      expect(Math.max(...(await Promise.all(counts)))).toBe(100);
      expect(await store.count(key, -1, minuteMs)).toBe(99);
      expect(await store.count(newKey(), -1, minuteMs)).toBe(0);
    });

    it('takes a count that is none for spent', async () => {
      const store = storeOf();
      const key = newKey();
      await store.set(key, 'corrupt', minuteMs);
      expect(await store.count(key, 1, minuteMs)).toBe(Number.POSITIVE_INFINITY);
    });

    it('lists keys by prefix', async () => {
      const store = storeOf();
      const prefix = newKey();
      await store.set(`${prefix}:one`, '1', minuteMs);
      await store.set(`${prefix}:two`, '2', minuteMs);
      expect([...(await store.keys(`${prefix}:`))].sort()).toEqual([
        `${prefix}:one`,
        `${prefix}:two`,
      ]);
      expect(await store.keys(`${prefix}:none`)).toEqual([]);
    });

    it('says that it can be used', async () => {
      await expect(storeOf().check()).resolves.toBeUndefined();
    });
  });
};
