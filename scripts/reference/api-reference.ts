import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const pages = ['README.md', 'xsoar-duo.md', 'xsoar-duo/simulator.md', 'xsoar-duo/login.md'];

/** The API reference, made of the docstrings: text by path. A warning of typedoc is an error. */
const makeReference = (): ReadonlyMap<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-reference-'));
  const typedoc = dirname(createRequire(import.meta.url).resolve('typedoc/package.json'));
  try {
    execFileSync(process.execPath, [join(typedoc, 'bin/typedoc'), '--out', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

let reference: ReadonlyMap<string, string> | undefined;

/** The pages of the API reference, by path, and what makes each. */
export const apiReference: readonly (readonly [path: string, make: () => string])[] = pages.map(
  (page) => [
    `docs/api/${page}`,
    () => {
      reference ??= makeReference();
      return reference.get(page) ?? '';
    },
  ],
);
