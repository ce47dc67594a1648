import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');
const documents = tracked.filter((path) => path.endsWith('.md'));

/** The files that a text names in backticks: a path, or the end of one. `a/b.ts` means any. */
const namedIn = (text: string): string[] =>
  [
    ...new Set([...text.matchAll(/`([\w./-]+\.(?:ts|grit))`/g)].flatMap(([, name]) => name ?? [])),
  ].filter((name) => !/\ba\/b\b/.test(name));

const exists = (name: string): boolean =>
  tracked.some((path) => path === name || path.endsWith(`/${name}`));

describe('documents name files that exist', () => {
  it.each(documents)('%s', (document) => {
    expect(namedIn(readFileSync(document, 'utf8')).filter((name) => !exists(name))).toEqual([]);
  });

  it('which finds one that does not', () => {
    expect(namedIn('`src/no/such.ts`').filter((name) => !exists(name))).toEqual(['src/no/such.ts']);
  });
});
