import { describe, expect, it } from 'vitest';
import { closest, unknownNames } from '../../src/duo/closest.ts';

const known = ['username', 'userID', 'factor', 'device', 'help'];

describe('closest', () => {
  it.each([
    ['usrname', 'username'],
    ['USERNAME', 'username'],
    ['user_name', 'username'],
    ['factr', 'factor'],
    ['userid', 'userID'],
    ['fatcor', 'factor'],
    ['hlep', 'help'],
    ['service', 'device'],
  ])('%s is probably %s', (word, meant) => {
    expect(closest(word, known)).toBe(meant);
  });

  it.each(['passcode', 'x', 'hero', ''])('"%s" is like none of them', (word) => {
    expect(closest(word, known)).toBeUndefined();
  });

  it('is the closest of several', () => {
    expect(closest('device', ['devise', 'device', 'devices'])).toBe('device');
  });
});

it('unknownNames gives a fault for each, with what was probably meant', () => {
  expect(unknownNames(['factor', 'devise', 'x'], known, 'is not an argument')).toEqual([
    { name: 'devise', rule: 'is not an argument; did you mean device?' },
    { name: 'x', rule: 'is not an argument' },
  ]);
});
