import { describe, expect, it } from 'vitest';
import { type OutputFormat, printResult } from '../../../src/cli/output/print-result.ts';
import type { LineResult } from '../../../src/cli/session.ts';
import { toNoteEntry } from '../../../src/integration/entry.ts';
import { fakeContext } from '../cli-context.ts';

const readable = { title: 'A title', rows: [{ Result: 'a_b' }], next: ['Do *this*.'] };
const entry = toNoteEntry({ readable, contents: { stat: 'OK' }, context: { A: 1 } });
const result: LineResult = {
  readable,
  entry,
  context: { Whole: 'context' },
  rawResponse: false,
};

const print = async (
  format: OutputFormat,
  changed: Partial<LineResult> = {},
  context = fakeContext(),
): Promise<string> => {
  await printResult(format, { ...result, ...changed }, context);
  return context.stdout.text;
};

it.each<[OutputFormat, unknown]>([
  ['json', [entry]],
  ['context', { Whole: 'context' }],
  ['raw', { stat: 'OK' }],
])('%s is JSON on more than one line', async (format, expected) => {
  const text = await print(format);
  expect(JSON.parse(text)).toEqual(expected);
  expect(text.trimEnd()).toContain('\n');
});

it('text is plain', async () => {
  expect(await print('text')).toBe('A title\n\nResult\na_b\n\nDo *this*.\n');
});

it('markdown is what the entry holds', async () => {
  expect(await print('markdown')).toBe(`${entry.HumanReadable}\n`);
  expect(entry.HumanReadable).toContain('a\\_b');
});

it('raw-response=true in the line wins over the format', async () => {
  expect(JSON.parse(await print('text', { rawResponse: true }))).toEqual({ stat: 'OK' });
});

describe('a QR code', () => {
  const qrCode = { ...readable, qrCode: 'duo://ABC-def' };

  it('is drawn on a terminal', async () => {
    const colors = await print('text', { readable: qrCode }, fakeContext({ isTTY: true }));
    expect(colors.split('\n').filter((line) => /[▀▄█]/.test(line)).length).toBeGreaterThan(8);
    const context = fakeContext({ isTTY: true, env: { NO_COLOR: '1' } });
    const plain = await print('text', { readable: qrCode }, context);
    expect(context.stdout.raw).not.toContain('\u001b');
    expect(plain.split('\n').filter((line) => /[▀▄█]/.test(line)).length).toBeGreaterThan(8);
  });

  it('is not drawn in a pipe', async () => {
    expect(await print('text', { readable: qrCode })).not.toMatch(/[▀▄█]/);
  });
});
