import { expect, it } from 'vitest';
import { type OutputFormat, printResult } from '../../../src/cli/output/print-result.ts';
import type { LineResult } from '../../../src/cli/session.ts';
import { toNoteEntry } from '../../../src/integration/entry.ts';
import { fakeContext } from '../../../testing/cli-context.ts';

const readable = { title: 'A title', rows: [{ Result: 'a_b' }], next: ['Do *this*.'] };
const entry = toNoteEntry({ readable, contents: { stat: 'OK' }, context: { A: 1 } });
const result: LineResult = {
  readable,
  entries: [entry],
  context: { Whole: 'context' },
  rawResponse: false,
};

const print = (format: OutputFormat, changed: Partial<LineResult> = {}): string => {
  const context = fakeContext();
  printResult(format, { ...result, ...changed }, context);
  return context.stdout.text;
};

it.each<[OutputFormat, unknown]>([
  ['json', [entry]],
  ['context', { Whole: 'context' }],
  ['raw', { stat: 'OK' }],
])('%s is JSON on more than one line', (format, expected) => {
  const text = print(format);
  expect(JSON.parse(text)).toEqual(expected);
  expect(text.trimEnd()).toContain('\n');
});

it('text is plain', () => {
  expect(print('text')).toBe('A title\n\nResult\na_b\n\nDo *this*.\n');
});

it('markdown is what the entry holds', () => {
  expect(print('markdown')).toBe(`${entry.HumanReadable}\n`);
  expect(entry.HumanReadable).toContain('a\\_b');
});

it('raw of several entries is a list', () => {
  expect(JSON.parse(print('raw', { entries: [entry, entry] }))).toEqual([
    { stat: 'OK' },
    { stat: 'OK' },
  ]);
});

it('raw-response=true in the line wins over the format', () => {
  expect(JSON.parse(print('text', { rawResponse: true }))).toEqual({ stat: 'OK' });
});
