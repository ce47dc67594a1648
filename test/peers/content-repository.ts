import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stagedFiles } from '../../scripts/pack/pack-files.ts';

const categories = { approved_list: ['Authentication & Identity Management'] };
const none = { approved_list: { common: [], xsoar: [] } };

/**
 * What the pack's own repository would be to demisto-sdk. One check needs XSOAR's lists of approved
 * words and takes them from a repository of content only; the others need one that says it is none.
 */
export const makeContentRepository = (root: string, code: string): void => {
  const files = new Map<string, Uint8Array | string>([
    ['Config/approved_categories.json', JSON.stringify(categories)],
    ['Config/approved_tags.json', JSON.stringify(none)],
    ['Config/approved_usecases.json', JSON.stringify(none)],
  ]);
  for (const [path, bytes] of stagedFiles(code)) {
    files.set(`Packs/DuoAuthAPI/${path}`, bytes);
  }
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  git('init', '--quiet', '--initial-branch=master');
  git('add', '--all');
  git('commit', '--quiet', '--message=The pack');
};
