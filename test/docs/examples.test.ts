import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name.endsWith('.md') && !name.startsWith('docs/decisions/'));

// What an example may take for granted: what its reader has at hand.
const atHand = `
declare const hostname: string, ikey: string, skey: string;
declare const client: import('xsoar-duo').DuoClient;
declare const duo: import('xsoar-duo').DuoClient;
declare const simulator: import('xsoar-duo/simulator').Simulator;
declare const letIn: () => void, show: (text: string) => void;
`;

const examplesOf = (document: string): [string, string][] => {
  const text = readFileSync(join(root, document), 'utf8');
  const codes = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  const imports = codes.flatMap((code) => code.match(/^import .* from 'xsoar-duo';$/gm) ?? []);
  return codes.map((code, index) => [
    `${document}, example ${index + 1}`,
    // A document imports once; its later examples go on from there.
    code.includes("from 'xsoar-duo';") ? code : `${imports.join('\n')}\n${code}`,
  ]);
};

const examples = documents.flatMap(examplesOf);
const broken: [string, string] = ['broken', "import { nothing } from 'xsoar-duo';\nnothing();"];

/** What the compiler says of each example, all compiled in one go. */
const compileAll = (sources: readonly [string, string][]): Map<string, string[]> => {
  const files = new Map(
    sources.map(([name, code], index) => [
      join(root, `example-${index}.ts`),
      { name, code: `${code}\nexport {};` },
    ]),
  );
  const ambient = join(root, 'at-hand.d.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (path) => path === ambient || files.has(path) || fileExists(path);
  host.readFile = (path) => (path === ambient ? atHand : (files.get(path)?.code ?? readFile(path)));
  // The types of the sources' style sheets and pages.
  const declarations = ts.sys.readDirectory(join(root, 'src'), ['.d.ts']);
  const program = ts.createProgram(
    [...files.keys(), ambient, ...declarations],
    { ...options, noUnusedLocals: false },
    host,
  );
  return new Map(
    [...files].map(([path, { name }]) => [
      name,
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
};

it('every example in the documents compiles', () => {
  const said = compileAll([...examples, broken]);
  expect(examples.length).toBeGreaterThan(1);
  for (const [name] of examples) {
    expect(said.get(name), name).toEqual([]);
  }
  expect(said.get('broken')).not.toEqual([]);
}, 60_000);
