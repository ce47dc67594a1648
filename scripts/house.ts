// Prints the figures that CONTRIBUTING.md quotes. --check fails beyond a limit and for a quote that is out of
// date; --write brings the quote up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSources, type SourceFile } from './house/import-graph.ts';
import { readRequestWalk } from './house/request-walk.ts';

const limits = { files: 205, longest: 300, walk: 15, support: 1500, orphans: 0 };

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
      const source = path.replace(/^test\/(?!scripts\/)/, 'src/').replace(/^test\//, '');
      const stem = source.replace(/(?:\.[\w-]+)?\.test\.ts$/, '');
      const subjects = [`${stem}.ts`, `${stem}.js`, stem, `${dirname(stem)}.ts`];
      return !subjects.some((subject) => existsSync(subject));
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
const mirrored = readSources('test/scripts', ...rooms.map((room) => `test/${room}`));
const orphans = orphansOf(mirrored);
const importCount = sources.reduce((total, { imports }) => total + imports.length, 0);

const perRoom = rooms.map((room) => {
  const files = sources.filter(({ path }) => path.startsWith(`src/${room}/`));
  return `  ${room.padEnd(14)}${String(files.length).padStart(4)} files, ${sum(files)} lines, median ${median(files.map(({ lines }) => lines))}`;
});

type Figure = readonly [name: string, today: number, limit: number | undefined];

const figures: readonly Figure[] = [
  ['source files', sources.length, limits.files],
  [
    'median length of a source file, in lines',
    median(sources.map(({ lines }) => lines)),
    undefined,
  ],
  ['longest source file', longest.lines, limits.longest],
  ['imports between source files', importCount, undefined],
  ['source files with one importer', withOneImporter.length, undefined],
  ['files from the command line to the wire', walk.files.length, limits.walk],
  ['lines of test support', sum(support), limits.support],
  ['test files that mirror no source file', orphans.length, limits.orphans],
];

process.stdout.write(`${figures
  .map(
    ([name, today, limit]) => `${name}: ${today}${limit === undefined ? '' : ` (limit ${limit})`}`,
  )
  .join('\n')}

${perRoom.join('\n')}

Longest: ${longest.path}
From the command line to the wire:
${walk.files.map((path) => `  ${path}`).join('\n')}
${orphans.map((path) => `Mirrors no source file: ${path}\n`).join('')}`);

const document = 'CONTRIBUTING.md';
const quoted = /(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)/s;

const row = (name: string, today: string, limit: string): string =>
  `| ${name.padEnd(40)} | ${today.padStart(5)} | ${limit.padStart(5)} |`;

const quote = [
  row('figure', 'today', 'limit'),
  `| ${'-'.repeat(40)} | ----: | ----: |`,
  ...figures.map(([name, today, limit]) => row(name, String(today), String(limit ?? ''))),
  '',
].join('\n');

const text = readFileSync(document, 'utf8');
if (process.argv.includes('--write')) {
  writeFileSync(document, text.replace(quoted, quote));
}

if (process.argv.includes('--check')) {
  const faults = [
    ...figures
      .filter(([, today, limit = today]) => today > limit)
      .map(([name, today, limit]) => `${name}: ${today} is more than ${limit}`),
    ...(walk.files.length === 0 ? [`${document} draws no walk`] : []),
    ...(quoted.exec(text)?.[0] === quote
      ? []
      : [`${document} quotes other figures; npm run house -- --write brings them up to date`]),
  ];
  if (faults.length > 0) {
    throw new Error(`The layout is out of bounds: ${faults.join('; ')}.`);
  }
}
