import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

/** A source file of this repository. */
export interface SourceFile {
  /** Relative to the root, as git lists it. */
  readonly path: string;
  readonly lines: number;
  /** The files of this repository that it imports, types included. */
  readonly imports: readonly string[];
}

const read = (path: string): SourceFile => {
  const text = readFileSync(path, 'utf8');
  const imports = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(path), name));
  return { path, lines: text.split('\n').length - 1, imports };
};

/** The TypeScript files that git knows under these folders, with what each imports. */
export const readSources = (...folders: string[]): SourceFile[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path.endsWith('.ts') && existsSync(path))
    .map(read);
