import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { troubleshooting } from '../../../scripts/reference/troubleshooting.ts';
import { duoErrorCodes } from '../../../src/index.ts';

const page = troubleshooting();

it('is up to date', () => {
  expect(readFileSync('docs/troubleshooting.md', 'utf8')).toBe(page);
});

it.each([...duoErrorCodes, '40103', '40105', '42901', 'CERT_HAS_EXPIRED', 'PIN_MISMATCH'])(
  'says what %s means and what to do',
  (code) => {
    const row = page
      .split('\n')
      .find((line) => line.startsWith(`| ${code} `) || line.startsWith(`| \`${code}\` `));
    const [, , meaning, remedy] = row?.split(' | ').map((cell) => cell.trim()) ?? [];
    expect(row?.split(' | ')).toHaveLength(3);
    expect(`${meaning ?? ''}${remedy ?? ''}`.length).toBeGreaterThan(10);
  },
);
