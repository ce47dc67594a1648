import { describe, expect, it } from 'vitest';
import {
  clockOffsetSeconds,
  compareWithDuo,
  describeOffset,
} from '../../../src/duo/delivery/clock-offset.ts';

describe('clock offset', () => {
  it.each([
    ['level', 1000, 1000, 1000, 0],
    ['the answer took four seconds', 1002, 1000, 1004, 0],
    ['this machine is behind', 1310, 1000, 1020, 300],
    ['this machine is ahead', 700, 1000, 1000, -300],
  ])('%s', (_what, duoSeconds, sentSeconds, receivedSeconds, offset) => {
    const reply = { sentAtMs: sentSeconds * 1000, receivedAtMs: receivedSeconds * 1000 };
    expect(clockOffsetSeconds(new Date(duoSeconds * 1000), reply)).toBe(offset);
  });

  it.each([
    [0, 'right to the second'],
    [-1, 'right to the second'],
    [12, '12 s behind'],
    [-301, '301 s ahead'],
  ])('%i reads "%s"', (offset, words) => {
    expect(describeOffset(offset)).toBe(words);
  });

  it.each([
    [12, "12 s behind Duo's"],
    [-301, "301 s ahead of Duo's"],
  ])('%i reads "%s" in a sentence', (offset, words) => {
    expect(compareWithDuo(offset)).toBe(words);
  });
});
