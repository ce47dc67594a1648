// Packs the package, looks at what is in it, installs it as a stranger would, and uses it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const expected = [
  /^LICENSE$/,
  /^README\.md$/,
  /^package\.json$/,
  /^dist\/(?:index|login|simulator)\.(?:js|cjs)(?:\.map)?$/,
  /^dist\/(?:index|login|simulator)\.d\.c?ts$/,
  /^dist\/cli\.js(?:\.map)?$/,
  /^dist\/sbom\.cdx\.json$/,
  // What several entries share.
  /^dist\/[\w-]+-[A-Z0-9]{8}\.js(?:\.map)?$/,
  /^dist\/[\w-]+-[\w-]{8}\.d\.c?ts$/,
];

const mustBeThere = [
  'dist/cli.js',
  'dist/sbom.cdx.json',
  ...['index', 'login', 'simulator'].flatMap((name) =>
    ['js', 'cjs', 'd.ts', 'd.cts'].map((ending) => `dist/${name}.${ending}`),
  ),
];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const inFolder = mkdtempSync(join(tmpdir(), 'xsoar-duo-tarball-'));

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, {
    cwd: inFolder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const pack = (): Packed => {
  const args = ['pack', resolve('.'), '--json', '--ignore-scripts'];
  const [packed] = JSON.parse(run('npm', args)) as Packed[];
  if (packed === undefined) {
    throw new Error('npm packed nothing');
  }
  return packed;
};

const checkFiles = ({ files }: Packed): void => {
  const paths = files.map(({ path }) => path);
  const strangers = paths.filter((path) => !expected.some((pattern) => pattern.test(path)));
  const missing = mustBeThere.filter((path) => !paths.includes(path));
  if (strangers.length > 0 || missing.length > 0) {
    throw new Error(`not for a user: ${strangers.join(', ')}; missing: ${missing.join(', ')}`);
  }
};

const install = ({ filename }: Packed, ...options: string[]): void => {
  for (const name of ['node_modules', 'package-lock.json']) {
    rmSync(join(inFolder, name), { recursive: true, force: true });
  }
  writeFileSync(join(inFolder, 'package.json'), '{"private":true}');
  run('npm', ['install', `./${filename}`, '--no-audit', '--no-fund', ...options]);
};

const use = `
const keys = { hostname: 'localhost:1', ikey: 'DI', skey: 'x' };
const check = async ({ DuoClient, createIntegration, DuoError, signRequest }) => {
  const error = await createIntegration(keys).test().catch((caught) => caught);
  if (!(error instanceof DuoError) || error.kind !== 'refused') throw new Error(String(error));
  new DuoClient(keys);
  const input = { ikey: 'i', skey: 's', method: 'GET', host: 'h', path: '/', date: 'd' };
  if (signRequest(input).signature.length !== 128) throw new Error('not signed');
};
const checkSimulator = ({ startSimulator }) =>
  startSimulator().then(
    () => { throw new Error('started without its optional packages'); },
    (error) => { if (!/npm install/.test(error.message)) throw error; },
  );
`;

const useImport = `
import * as library from 'xsoar-duo';
import * as simulator from 'xsoar-duo/simulator';
${use}
await check(library);
await checkSimulator(simulator);
`;

const useRequire = `
${use}
check(require('xsoar-duo')).then(() => checkSimulator(require('xsoar-duo/simulator')));
`;

const countPackages = (): number =>
  run('npm', ['ls', '--all', '--parseable']).trim().split('\n').length - 1;

try {
  const packed = pack();
  checkFiles(packed);
  // The library must not need what only the command line and the simulator do.
  install(packed, '--omit=optional');
  const few = countPackages();
  run(process.execPath, ['--input-type=module', '--eval', useImport]);
  run(process.execPath, ['--input-type=commonjs', '--eval', useRequire]);
  install(packed);
  const all = countPackages();
  const demo = run(process.execPath, ['node_modules/xsoar-duo/dist/cli.js', 'demo']);
  if (!/^ok$/m.test(demo)) {
    throw new Error(`the demo says: ${demo}`);
  }
  process.stdout.write(
    `The tarball works: ${packed.files.length} files; ${all} packages installed, ${few} without the optional ones.\n`,
  );
} finally {
  rmSync(inFolder, { recursive: true, force: true });
}
