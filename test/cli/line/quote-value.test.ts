import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLine } from '../../../src/cli/line/parse-line.ts';
import { quoteValue } from '../../../testing/quote-value.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // What the grammar gives a meaning to, far more often than chance would.
  fc.string({ unit: fc.constantFrom(...'\\"\'`${}=! \n\t\r^:,na') }),
);

const valuesIn = (line: string): unknown => {
  const parsed = parseLine(line);
  return 'line' in parsed
    ? parsed.line.args.map(({ name, value }) => [
        name,
        value.map((part) => ('text' in part ? part.text : part)).join(''),
      ])
    : parsed;
};

it('lets any value survive being quoted and read, beside any other', () => {
  fc.assert(
    fc.property(anyText, anyText, (first, second) => {
      const line = `!c a=${quoteValue(first)} b=${quoteValue(second)}`;
      expect(valuesIn(line)).toEqual([
        ['a', first],
        ['b', second],
      ]);
    }),
    { numRuns: 2000 },
  );
});

it('reads any text to an end, with every fault inside it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseLine(text);
      if ('faults' in parsed) {
        expect(parsed.faults.length).toBeGreaterThan(0);
        for (const { at } of parsed.faults) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['alice', 'alice'],
  ['a@b.example', 'a@b.example'],
  ['', '""'],
  ['two words', '"two words"'],
  ['CORP\\nina', '"CORP\\\\nina"'],
  ['${x}', '"\\${x}"'],
])('writes %j as %s', (value, quoted) => {
  expect(quoteValue(value)).toBe(quoted);
});
