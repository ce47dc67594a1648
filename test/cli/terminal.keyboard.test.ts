import { expect, it } from 'vitest';
import { holdKeys, takeKeyboard } from '../../src/cli/terminal.ts';
import { Keyboard } from './cli-context.ts';

const opened = () => {
  const stdin = new Keyboard();
  const seen: string[] = [];
  stdin.on('keypress', (text) => seen.push(text));
  return { stdin, seen };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('gives the keys to one handler, and then back to those before', async () => {
  const { stdin, seen } = opened();
  const taken: unknown[] = [];
  const giveBack = takeKeyboard(stdin, (text) => taken.push(text));
  expect(stdin.isRaw).toBe(true);
  stdin.type('ab');
  await settled();
  giveBack();
  stdin.type('c');
  await settled();
  expect({ taken, seen, isRaw: stdin.isRaw }).toEqual({
    taken: ['a', 'b'],
    seen: ['c'],
    isRaw: false,
  });
});

it('holds keys back until they are released', async () => {
  const { stdin, seen } = opened();
  const held = holdKeys(stdin, () => undefined);
  stdin.type('ab');
  await settled();
  expect(seen).toEqual([]);
  held.release();
  expect(seen).toEqual(['a', 'b']);
});

it('passes Ctrl-C on at once, and drops what was typed before it', async () => {
  const { stdin, seen } = opened();
  let interrupts = 0;
  const held = holdKeys(stdin, () => {
    interrupts += 1;
  });
  stdin.type('ab\u0003c');
  await settled();
  expect(interrupts).toBe(1);
  held.release();
  expect(seen).toEqual(['c']);
});

it('forgets what was typed when it is dropped', async () => {
  const { stdin, seen } = opened();
  const held = holdKeys(stdin, () => undefined);
  stdin.type('ab');
  await settled();
  held.drop();
  expect(seen).toEqual([]);
});
