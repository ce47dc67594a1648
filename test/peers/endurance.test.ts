import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

// A few minutes at the most on a machine that is busy; the whole of it is `npm run bench:endurance`.
it('people who are waited for get their own answers, and neither side grows', {
  timeout: 300_000,
}, () => {
  const program = ['scripts/run.js', 'bench/endurance.ts'];
  const few = ['--polls', '300', '--answers', '30', '--requests', '3000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...few], {
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`).toContain('nothing wrong, nothing lost');
  expect(status).toBe(0);
});
