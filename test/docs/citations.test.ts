import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../scripts/house/import-graph.ts';

const textOf = (folder: string): string =>
  readSources(folder)
    .map(({ path }) => readFileSync(path, 'utf8'))
    .join('\n');

const endpoints = 'ping check logo enroll enroll_status preauth auth auth_status'.split(' ');

describe.each(['src/duo/endpoints', 'src/simulator/api'])(
  '%s cites Duo, page and heading',
  (folder) => {
    const text = textOf(folder);

    it.each(endpoints)('for /%s', (name) => {
      expect(text).toContain(`"Endpoints", "/${name}": https://duo.com/docs/authapi#/${name}\n`);
    });
  },
);

describe('a citation of Duo', () => {
  it('names a heading beside its address', () => {
    const lines = textOf('src').split('\n');
    const bare = lines.filter((line, index) => {
      const near = `${lines[index - 1]} ${line}`;
      return line.includes('duo.com/docs/authapi#') && !/Duo Auth API, "/.test(near);
    });
    expect(bare).toEqual([]);
  });
});
