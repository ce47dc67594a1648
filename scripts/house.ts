// Prints the figures that CONTRIBUTING.md quotes. With --check it fails beyond a limit.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSources, type SourceFile } from './house/import-graph.ts';
import { readRequestWalk } from './house/request-walk.ts';

const limits = { files: 205, longest: 300, walk: 15, support: 1500 };

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const sum = (files: readonly SourceFile[]): number =>
  files.reduce((total, { lines }) => total + lines, 0);

/**
 * Test files that mirror nothing. `test/a/b.test.ts`, `test/a/b.aspect.test.ts` and `test/a/b/aspect.test.ts`
 * test `src/a/b.ts`; a suite may also have the name of a folder, `src/a/b/`.
 */
const orphansOf = (tests: readonly SourceFile[]): string[] =>
  tests
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => {
      const stem = path.replace(/^test\//, 'src/').replace(/(?:\.[\w-]+)?\.test\.ts$/, '');
      return ![`${stem}.ts`, stem, `${dirname(stem)}.ts`].some((subject) => existsSync(subject));
    });

const sources = readSources('src');
const rooms = [...new Set(sources.map(({ path }) => path.split('/')[1] ?? ''))]
  .filter((room) => !room.includes('.'))
  .sort();
const importersOf = new Map<string, number>();
for (const path of sources.flatMap(({ imports }) => [...new Set(imports)])) {
  importersOf.set(path, (importersOf.get(path) ?? 0) + 1);
}
const withOneImporter = sources.filter(({ path }) => importersOf.get(path) === 1);
const longest = sources.reduce((one, other) => (other.lines > one.lines ? other : one));
const walk = readRequestWalk();
const support = readSources('testing');
const mirrored = readSources(...rooms.map((room) => `test/${room}`));
const orphans = orphansOf(mirrored);

const perRoom = rooms.map((room) => {
  const files = sources.filter(({ path }) => path.startsWith(`src/${room}/`));
  return `  ${room.padEnd(14)}${String(files.length).padStart(4)} files, ${sum(files)} lines, median ${median(files.map(({ lines }) => lines))}`;
});

const importCount = sources.reduce((total, { imports }) => total + imports.length, 0);

process.stdout.write(`Source files: ${sources.length} (limit ${limits.files}), ${sum(sources)} lines, ${importCount} imports
${perRoom.join('\n')}
Median: ${median(sources.map(({ lines }) => lines))} lines
Longest: ${longest.lines} lines (limit ${limits.longest}), ${longest.path}
With one importer: ${withOneImporter.length}
From the command line to the wire: ${walk.files.length} files (limit ${limits.walk})
${walk.files.map((path) => `  ${path}`).join('\n')}
Test support: ${support.length} files, ${sum(support)} lines (limit ${limits.support})
Test files without a source file of their name: ${orphans.length}
${orphans.map((path) => `  ${path}`).join('\n')}
`);

const faults = [
  sources.length > limits.files && 'too many source files',
  longest.lines > limits.longest && `${longest.path} is too long`,
  walk.files.length > limits.walk && 'too many files from the command line to the wire',
  walk.files.length === 0 && 'CONTRIBUTING.md draws no walk',
  sum(support) > limits.support && 'too much test support',
  orphans.length > 0 && 'tests that mirror no source file',
].filter((fault) => fault !== false);

if (process.argv.includes('--check') && faults.length > 0) {
  throw new Error(`The house is out of shape: ${faults.join('; ')}.`);
}
