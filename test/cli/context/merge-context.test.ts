import { expect, it } from 'vitest';
import { mergeContext } from '../../../src/cli/context/merge-context.ts';
import type { Values } from '../../../src/cli/context/values.ts';
import { caught } from '../../../testing/caught.ts';

const byTxid = 'Duo.T(val.TxID && val.TxID == obj.TxID)';

const mergeAll = (...writes: Values[]): Values => writes.reduce(mergeContext, {});

it.each<[string, Values[], Values]>([
  ['one write is the object', [{ 'A.B': { x: 1 } }], { A: { B: { x: 1 } } }],
  [
    'two writes without a condition are a list in order',
    [{ 'A.B': { x: 1 } }, { 'A.B': { x: 2 } }],
    { A: { B: [{ x: 1 }, { x: 2 }] } },
  ],
  [
    'a third is added to the list',
    [{ A: { x: 1 } }, { A: { x: 2 } }, { A: { x: 3 } }],
    { A: [{ x: 1 }, { x: 2 }, { x: 3 }] },
  ],
  ['the same value twice is there twice', [{ A: 1 }, { A: 1 }], { A: [1, 1] }],
  ['a list adds each of its members', [{ A: [1, 2] }, { A: [3] }], { A: [1, 2, 3] }],
  ['an empty list writes nothing', [{ 'A.B': [] }], {}],
  ['paths beside each other stay apart', [{ 'A.B': 1, 'A.C': 2 }], { A: { B: 1, C: 2 } }],
  [
    'a condition updates what it matches, in place',
    [{ [byTxid]: { TxID: 'x', Done: false, Who: 'a' } }, { [byTxid]: { TxID: 'x', Done: true } }],
    { Duo: { T: { TxID: 'x', Done: true, Who: 'a' } } },
  ],
  [
    'a condition that matches nothing appends',
    [{ [byTxid]: { TxID: 'x' } }, { [byTxid]: { TxID: 'y' } }, { [byTxid]: { TxID: 'x', n: 1 } }],
    { Duo: { T: [{ TxID: 'x', n: 1 }, { TxID: 'y' }] } },
  ],
  [
    'objects without the key do not match each other',
    [{ [byTxid]: { a: 1 } }, { [byTxid]: { a: 2 } }],
    { Duo: { T: [{ a: 1 }, { a: 2 }] } },
  ],
  [
    'a list is merged member by member',
    [{ [byTxid]: [{ TxID: 'x' }, { TxID: 'y' }, { TxID: 'x', n: 2 }] }],
    { Duo: { T: [{ TxID: 'x', n: 2 }, { TxID: 'y' }] } },
  ],
  [
    'a condition that always holds keeps one',
    [{ 'A(true)': { x: 1 } }, { 'A(true)': { y: 2 } }],
    { A: { x: 1, y: 2 } },
  ],
  ['what is no object is replaced', [{ 'A(true)': 1 }, { 'A(true)': 2 }], { A: 2 }],
])('%s', (_, writes, expected) => {
  expect(mergeAll(...writes)).toEqual(expected);
});

it('leaves the context it was given as it is', () => {
  const before = { A: { B: { x: 1 } } };
  mergeContext(before, { 'A.B': { x: 2 }, 'A.C': 3 });
  expect(before).toEqual({ A: { B: { x: 1 } } });
});

it('writes a key that every object inherits as a key of its own', () => {
  const merged = mergeContext({}, { '__proto__.polluted': true });
  expect(Object.hasOwn(merged, '__proto__')).toBe(true);
  expect({}).not.toHaveProperty('polluted');
});

it.each(['A.[1].B', 'A(val.x == 1).B'])('cannot write to %s', (path) => {
  expect(caught(() => mergeContext({}, { [path]: 1 }))).toMatchObject({
    name: 'PathError',
    message: 'only keys and a condition at the end can be written to',
  });
});
