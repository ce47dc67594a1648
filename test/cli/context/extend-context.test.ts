import { expect, it } from 'vitest';
import { extendContext, parseExtensions } from '../../../src/cli/context/extend-context.ts';
import type { Values } from '../../../src/cli/context/values.ts';
import { caught } from '../../../testing/caught.ts';

const raw = { response: { result: 'auth', devices: [{ id: 'a' }, { id: 'b' }] } };

it.each<[string, Values]>([
  ['Mine=response.result', { Mine: 'auth' }],
  ['A=response.result::B=response.devices.id', { A: 'auth', B: ['a', 'b'] }],
  ["A=response.devices(val.id == 'b').id", { A: 'b' }],
  ['A(val.id == obj.id)=response.devices', { 'A(val.id == obj.id)': raw.response.devices }],
  ['A=.', { A: raw }],
  ['A=', { A: raw }],
  [' A = response.result ', { A: 'auth' }],
  ['A=response.nothing', {}],
])('%s adds what it names', (text, expected) => {
  expect(extendContext(parseExtensions(text), raw)).toEqual(expected);
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
