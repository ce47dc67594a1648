import { describe, expect, it } from 'vitest';
import { mergeContext, parseExtensions, updateContext } from '../../../src/cli/context/context.ts';
import type { Values } from '../../../src/cli/context/values.ts';
import { toNoteEntry } from '../../../src/integration/entry.ts';
import { caught } from '../../../testing/caught.ts';

const entry = toNoteEntry({
  readable: { title: '', rows: [] },
  contents: { response: { result: 'auth' } },
  context: { 'Duo.PreAuth': { Username: 'alice' } },
});

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

describe('extend-context', () => {
  const response = { response: { result: 'auth', devices: [{ id: 'a' }, { id: 'b' }] } };

  const extend = (text: string): Values =>
    updateContext(
      {},
      { ...entry, EntryContext: {}, Contents: response },
      {
        ignoreOutputs: false,
        extensions: parseExtensions(text),
      },
    );

  it.each<[string, Values]>([
    ['Mine=response.result', { Mine: 'auth' }],
    ['A=response.result::B=response.devices.id', { A: 'auth', B: ['a', 'b'] }],
    ["A=response.devices(val.id == 'b').id", { A: 'b' }],
    ['A(val.id == obj.id)=response.devices', { A: response.response.devices }],
    ['A=.', { A: response }],
    ['A=', { A: response }],
    [' A = response.result ', { A: 'auth' }],
    ['A=response.nothing', {}],
  ])('%s adds what it names', (text, expected) => {
    expect(extend(text)).toEqual(expected);
  });

  it.each([
    ['', 'must be key=path, several of them joined by ::'],
    ['A', 'must be key=path, several of them joined by ::'],
    ['=response', 'must be key=path, several of them joined by ::'],
    ['A=x::', 'must be key=path, several of them joined by ::'],
    ['A=x..y', 'a key, [number] or (condition) is missing here'],
    ['A.[0]=x', 'only keys and a condition at the end can be written to'],
  ])('%j cannot be read', (text, message) => {
    expect(caught(() => parseExtensions(text))).toMatchObject({ name: 'PathError', message });
  });
});

describe('after a command', () => {
  const extensions = [{ key: 'Mine', path: 'response.result' }];

  it('the context has its outputs, and what the line takes besides', () => {
    expect(updateContext({ Old: 1 }, entry, { ignoreOutputs: false, extensions })).toEqual({
      Old: 1,
      Duo: { PreAuth: { Username: 'alice' } },
      Mine: 'auth',
    });
  });

  it('the outputs are left out where they are to be ignored', () => {
    expect(updateContext({}, entry, { ignoreOutputs: true, extensions })).toEqual({
      Mine: 'auth',
    });
  });
});
