import { expect, it } from 'vitest';
import { notesOf, type Release, releaseFaults } from '../../../scripts/release/release-faults.ts';

const repository = 'https://github.com/owner/xsoar-duo';
const complete: Release = {
  manifest: {
    version: '1.2.0',
    repository: { type: 'git', url: `git+${repository}.git` },
    homepage: `${repository}#readme`,
    bugs: { url: `${repository}/issues` },
  },
  changelog:
    '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-12-01\n\n- New.\n\n## 1.1.0 - 2026-11-01\n',
  tag: 'v1.2.0',
  repository,
};

it('finds nothing where everything is set', () => {
  expect(releaseFaults(complete)).toEqual([]);
  expect(notesOf(complete.changelog, '1.2.0')).toBe('- New.');
});

it.each<[string, Partial<Release>, string]>([
  ['another tag', { tag: 'v1.3.0' }, 'The tag is v1.3.0, the version 1.2.0'],
  ['no repository', { manifest: { version: '1.2.0' } }, 'npm run repository -- https://github.com'],
  ['a fork', { repository: 'https://github.com/other/fork' }, 'https://github.com/other/fork'],
  ['a version without a date', { changelog: '## 1.2.0\n' }, '## 1.2.0 - YYYY-MM-DD'],
])('says what to do about %s', (_case, change, said) => {
  const faults = releaseFaults({ ...complete, ...change });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(said);
});
