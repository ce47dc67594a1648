import { expect, it } from 'vitest';
import { type Search, stepSearch } from '../../../src/cli/prompt/history.ts';

const lines = ['!duo-check', '!duo-preauth alice', '!duo-preauth bob'];
const start: Search = { query: '', found: -1 };
const ctrl = (name: string) => [undefined, { name, ctrl: true }] as const;
const typed = (text: string) => [text, { name: text }] as const;

const run = (...keys: (readonly [string | undefined, { name: string; ctrl?: boolean }])[]) =>
  keys.reduce<ReturnType<typeof stepSearch>>(
    (search, [text, key]) =>
      typeof search === 'object' ? stepSearch(search, lines, text, key) : search,
    start,
  );

it.each([
  ['the latest line with the text', [typed('p')], { query: 'p', found: 1 }],
  ['an older one with Ctrl-R', [typed('p'), ctrl('r')], { query: 'p', found: 2 }],
  ['the oldest and no further', [typed('p'), ctrl('r'), ctrl('r')], { query: 'p', found: 2 }],
  [
    'a longer text from where it is',
    [typed('p'), ctrl('r'), typed('r')],
    { query: 'pr', found: 2 },
  ],
  ['nothing', [typed('z')], { query: 'z', found: -1 }],
  [
    'again after a mistake',
    [typed('z'), [undefined, { name: 'backspace' }], typed('b')],
    { query: 'b', found: 2 },
  ],
] as const)('finds %s', (_, keys, expected) => {
  expect(run(...keys)).toEqual(expected);
});

it.each([
  ['Enter', 'send', [undefined, { name: 'return' }]],
  ['Ctrl-C', 'cancel', ctrl('c')],
  ['Ctrl-G', 'cancel', ctrl('g')],
  ['an arrow', 'take', [undefined, { name: 'right' }]],
  ['Escape', 'take', ['\u001b', { name: 'escape' }]],
  ['Tab', 'take', ['\t', { name: 'tab' }]],
] as const)('%s: %s', (_, expected, key) => {
  expect(run(typed('p'), key)).toBe(expected);
});
