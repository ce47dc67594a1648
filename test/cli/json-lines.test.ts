import { PassThrough, Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { type InputLine, maxLineBytes, readLines, readRequest } from '../../src/cli/json-lines.ts';

const never = new AbortController().signal;

const linesOf = async (...chunks: (string | Buffer)[]): Promise<InputLine[]> => {
  const lines: InputLine[] = [];
  for await (const line of readLines(Readable.from(chunks), never)) {
    lines.push(line);
  }
  return lines;
};

it.each([
  [
    'lines with their numbers',
    ['a\nb\n'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'a last line without an end',
    ['a\nb'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'a line in several chunks',
    ['a', 'b', 'c\nd'],
    [
      [1, 'abc'],
      [2, 'd'],
    ],
  ],
  ['blank lines, which count', ['\n \na\n'], [[3, 'a']]],
  [
    'a byte order mark',
    ['\ufeffa\nb'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['a line separator inside a text', ['"\u2028"\n'], [[1, '"\u2028"']]],
  ['a letter cut in two', [Buffer.from([0xc3]), Buffer.from([0xbc, 0x0a])], [[1, 'ü']]],
  ['nothing', [], []],
])('reads %s', async (_, chunks, expected) => {
  expect(await linesOf(...chunks)).toEqual(expected.map(([number, text]) => ({ number, text })));
});

it('trims the carriage return of Windows as JSON does: it is white space', async () => {
  expect(await linesOf('{}\r\n\r\n{}\r\n')).toEqual([
    { number: 1, text: '{}\r' },
    { number: 3, text: '{}\r' },
  ]);
});

it('refuses bytes that are not UTF-8, and reads on', async () => {
  expect(await linesOf(Buffer.from([0x4d, 0xfc, 0x6c, 0x0a]), 'b\n')).toEqual([
    { number: 1, fault: 'is not valid UTF-8' },
    { number: 2, text: 'b' },
  ]);
});

it('refuses a line of more than 1 MiB, and reads on', async () => {
  const longest = 'x'.repeat(maxLineBytes);
  const chunks = [longest, 'y', 'z'.repeat(100_000), '\n', longest, '\nb\n'];
  const lines = await linesOf(...chunks);
  expect(lines.map((line) => ('text' in line ? line.text.length : line))).toEqual([
    { number: 1, fault: 'is longer than 1 MiB' },
    maxLineBytes,
    1,
  ]);
});

it('ends at once when the signal fires, with lines that were read and with an input that stays open', async () => {
  const cancel = new AbortController();
  const input = new PassThrough();
  input.write('1\n'.repeat(1000));
  let taken = 0;
  for await (const _ of readLines(input, cancel.signal)) {
    taken += 1;
    if (taken === 10) {
      cancel.abort();
    }
  }
  expect(taken).toBe(10);
});

it('ends while it waits for input', async () => {
  const cancel = new AbortController();
  const lines = readLines(new PassThrough(), cancel.signal);
  const next = lines.next();
  cancel.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});

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
