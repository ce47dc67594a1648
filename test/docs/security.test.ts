import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('SECURITY.md', 'utf8');

/** The tests that the tables name; one without a folder lies where the one before it does. */
const named = (): readonly string[] => {
  let folder = '';
  return [...text.matchAll(/`([\w/.-]+\.test\.ts)`/g)].map(([, name = '']) => {
    folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : folder;
    return name.includes('/') ? name : folder + name;
  });
};

describe('SECURITY.md', () => {
  it.each(named())('%s, which holds a promise, exists and tests something', (file) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/expect[.(]/);
  });

  it('names every attack that is tried through the proxies', () => {
    expect(named().filter((file) => file.startsWith('test/peers/security/'))).toHaveLength(4);
  });
});
