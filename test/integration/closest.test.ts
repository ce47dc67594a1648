import { describe, expect, it } from 'vitest';
import { closest } from '../../src/integration/closest.ts';

const known = ['username', 'userID', 'factor', 'device'];

describe('closest', () => {
  it.each([
    ['usrname', 'username'],
    ['USERNAME', 'username'],
    ['user_name', 'username'],
    ['factr', 'factor'],
    ['userid', 'userID'],
  ])('%s is probably %s', (word, meant) => {
    expect(closest(word, known)).toBe(meant);
  });

  it.each(['passcode', 'x', ''])('"%s" is like none of them', (word) => {
    expect(closest(word, known)).toBeUndefined();
  });

  it('is the closest of several', () => {
    expect(closest('device', ['devise', 'device', 'devices'])).toBe('device');
  });
});
