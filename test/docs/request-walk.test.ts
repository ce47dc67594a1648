import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../scripts/house/import-graph.ts';
import { readRequestWalk } from '../../scripts/house/request-walk.ts';

const { files, steps } = readRequestWalk();
const importsOf = new Map(readSources('src').map(({ path, imports }) => [path, imports]));

describe('the walk of one request in CONTRIBUTING.md', () => {
  it('names files that exist, from the command line to the wire, each once', () => {
    expect(files.filter((path) => !existsSync(path))).toEqual([]);
    expect(new Set(files).size).toBe(files.length);
    expect(files.at(0)).toBe('src/cli/exec.ts');
    expect(files.at(-1)).toBe('src/hosts/node/adapter.ts');
    expect(files.length).toBeLessThanOrEqual(15);
  });

  it.each(steps)('$from imports $to', ({ from, to }) => {
    expect(importsOf.get(from)).toContain(to);
  });

  it('reaches every file that it names', () => {
    const reached = new Set(['src/cli/exec.ts', ...steps.map(({ to }) => to)]);
    expect(files.filter((path) => !reached.has(path))).toEqual([]);
  });
});
