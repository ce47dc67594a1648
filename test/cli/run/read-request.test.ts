import { expect, it } from 'vitest';
import { readRequest } from '../../../src/cli/run/read-request.ts';

it.each([
  [
    '{"id":1,"command":"duo-check"}',
    { id: '1', command: 'duo-check', args: {}, params: undefined },
  ],
  [
    '{"id":"a","command":"c","args":{"x":1},"params":{"hostname":"h"}}',
    { id: '"a"', command: 'c', args: { x: 1 }, params: { hostname: 'h' } },
  ],
  ['{"command":"c"}', { id: 'null', command: 'c', args: {}, params: undefined }],
  [
    '{"id":null,"command":"c","args":null,"params":null}',
    { id: 'null', command: 'c', args: {}, params: undefined },
  ],
])('reads %s', (line, request) => {
  expect(readRequest({ text: line, number: 1 })).toEqual({ request });
});

it.each([
  ['{broken', 'null', [{ name: 'line 3', rule: 'must be a JSON object' }]],
  ['[]', 'null', [{ name: 'line 3', rule: 'must be a JSON object' }]],
  ['7', 'null', [{ name: 'line 3', rule: 'must be a JSON object' }]],
  ['{"id":5}', '5', [{ name: 'command', rule: 'must be text' }]],
  [
    '{"id":5,"command":7,"args":[]}',
    '5',
    [
      { name: 'command', rule: 'must be text' },
      { name: 'args', rule: 'must be an object' },
    ],
  ],
  ['{"id":{},"command":"c"}', 'null', [{ name: 'id', rule: 'must be text or a number' }]],
  [
    '{"id":5,"command":"c","arg":{},"x":1}',
    '5',
    [
      { name: 'arg', rule: 'is not known; use id, command, args, params' },
      { name: 'x', rule: 'is not known; use id, command, args, params' },
    ],
  ],
])('answers %s with its id and every fault', (line, id, faults) => {
  const read = readRequest({ text: line, number: 3 });
  expect(read).toMatchObject({ id, error: { code: 'bad_argument', command: 'run', faults } });
});

it.each([
  ['{"id":9007199254740993,"command":"c"}', '9007199254740993'],
  ['{"id":1.0,"command":"c"}', '1.0'],
  ['{"id": -1e3 ,"command":"c"}', '-1e3'],
  [
    '{"args":{"id":2,"x":[{"id":3}]},"id":12345678901234567890,"command":"c"}',
    '12345678901234567890',
  ],
  ['{"command":"\\"id\\":7","id":8,"params":{"id":9}}', '8'],
  ['{"i\\u0064":9007199254740993,"command":"c"}', '9007199254740993'],
  ['{"id":1,"id":2,"command":"c"}', '2'],
  ['{"id":"a\\u0062","command":"c"}', '"ab"'],
])('keeps the id of %s digit by digit', (line, id) => {
  expect(readRequest({ text: line, number: 1 })).toMatchObject({ request: { id } });
});

it('answers a line that could not be read with its number', () => {
  expect(readRequest({ number: 7, fault: 'is longer than 1 MiB' })).toMatchObject({
    id: 'null',
    error: { faults: [{ name: 'line 7', rule: 'is longer than 1 MiB' }] },
  });
});
