import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stagedFiles } from '../../../scripts/pack/pack-files.ts';
import { peersHome } from '../peer.ts';

/** Where demisto-sdk is installed, and its program. */
export const sdkHome = join(peersHome, 'demisto-sdk');
export const sdk = join(sdkHome, 'bin/demisto-sdk');

// Looking for a newer version of itself, and for the repository of XSOAR's content, it would go out.
const environment = { CI: 'true', DEMISTO_SDK_IGNORE_CONTENT_WARNING: 'true' };

const pack = 'Packs/DuoAuthAPI';
const approved = { approved_list: { common: [], xsoar: [] } };

// What a check would otherwise fetch from XSOAR's own repository.
const config = {
  'Config/approved_categories.json': { approved_list: ['Authentication & Identity Management'] },
  'Config/approved_tags.json': approved,
  'Config/approved_usecases.json': approved,
  'Config/compliant_policies.json': { policies: [] },
};

/** What demisto-sdk said, and how it ended. */
export interface SdkRun {
  readonly output: string;
  readonly isSuccess: boolean;
}

/** A repository as XSOAR's content is one, with a remote of its own, that demisto-sdk runs in. */
export interface ContentRepository {
  readonly root: string;
  /** Run demisto-sdk there, whatever comes of it. */
  run(...args: string[]): SdkRun;
  /** Run git there. */
  git(...args: string[]): string;
  /** Write files below the pack; their folders are made. */
  write(files: ReadonlyMap<string, Uint8Array | string>): void;
  /** Commit all that has changed. */
  commit(message: string): void;
}

/** Make a repository in this folder whose branch `pack` adds the pack, with this bundle, to `master`. */
export const makeContentRepository = (folder: string, code: string): ContentRepository => {
  const root = join(folder, 'content');
  const remote = join(folder, 'content.git');
  const put = (path: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const repository: ContentRepository = {
    root,
    git,
    run: (...args) => {
      const { status, stdout, stderr } = spawnSync(sdk, args, {
        cwd: root,
        env: { ...process.env, ...environment, DEMISTO_SDK_CONTENT_PATH: root },
        encoding: 'utf8',
      });
      return { output: `${stdout}${stderr}`, isSuccess: status === 0 };
    },
    write: (files) => {
      for (const [path, content] of files) {
        put(`${pack}/${path}`, content);
      }
    },
    commit: (message) => {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
    },
  };
  for (const [path, content] of Object.entries(config)) {
    put(path, JSON.stringify(content));
  }
  // The tool lists this folder as soon as it starts.
  put('Packs/.gitkeep', '');
  git('init', '--quiet', '--initial-branch=master');
  repository.commit('Settings');
  git('init', '--quiet', '--bare', '--initial-branch=master', remote);
  git('remote', 'add', 'origin', remote);
  git('push', '--quiet', 'origin', 'master');
  git('remote', 'set-head', 'origin', 'master');
  git('switch', '--quiet', '--create', 'pack');
  repository.write(stagedFiles(code));
  repository.commit('The pack');
  return repository;
};
