import { expect, it } from 'vitest';
import { type OutputFormat, printResult } from '../../../src/cli/output/print-result.ts';
import { toNoteEntry } from '../../../src/integration/entry.ts';
import { fakeContext } from '../../../testing/cli-context.ts';

const entry = toNoteEntry({
  readable: { title: 'Title', rows: [{ A: '1' }] },
  contents: { stat: 'OK' },
  context: { A: 1 },
});

it.each<[OutputFormat, unknown]>([
  ['json', [entry]],
  ['context', { Whole: 'context' }],
  ['raw', { stat: 'OK' }],
])('%s is JSON on more than one line', async (format, expected) => {
  const context = fakeContext();
  await printResult(format, { entries: [entry], context: { Whole: 'context' } }, context);
  expect(JSON.parse(context.stdout.text)).toEqual(expected);
  expect(context.stdout.lines.length).toBeGreaterThan(1);
});

it('markdown is every entry, readable', async () => {
  const context = fakeContext();
  await printResult('markdown', { entries: [entry, entry], context: {} }, context);
  expect(context.stdout.text).toBe('Title\n\nA\n1\n\nTitle\n\nA\n1\n');
});

it('raw of several entries is a list', async () => {
  const context = fakeContext();
  await printResult('raw', { entries: [entry, entry], context: {} }, context);
  expect(JSON.parse(context.stdout.text)).toEqual([{ stat: 'OK' }, { stat: 'OK' }]);
});
