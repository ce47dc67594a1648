import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chromiumPath } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';

/** What a recording says on the terminal, and how often the phone is seen, in light and dark. */
const contentOf = (svg: string) => ({
  says: ['Welcome to xsoar-duo', '!duo-authenticate username=grace factor=push', 'allow'].filter(
    (text) => svg.includes(text),
  ),
  pictures: [...svg.matchAll(/<image class="(light|dark)"/g)].map(([, scheme]) => scheme),
});

describePeer('the recording of README', missingFile(chromiumPath, '/usr/bin/tmux'), () => {
  it('is what a session of today gives, and small', () => {
    const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-recording-'));
    const file = join(folder, 'demo.svg');
    execFileSync('npm', ['run', 'record', '--', file]);
    const today = readFileSync(file, 'utf8');
    const kept = readFileSync('docs/images/demo.svg', 'utf8');
    rmSync(folder, { recursive: true });
    expect(contentOf(today).says).toHaveLength(3);
    expect(contentOf(today).pictures).toEqual(['light', 'dark', 'light', 'dark', 'light', 'dark']);
    expect(contentOf(kept)).toEqual(contentOf(today));
    expect(Math.max(today.length, kept.length)).toBeLessThan(200_000);
  });
});
