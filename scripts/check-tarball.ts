// Packs the package, looks at what is in it, installs it as a stranger would, and uses it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const expected = [
  /^LICENSE$/,
  /^README\.md$/,
  /^package\.json$/,
  /^dist\/(?:index|login|simulator)\.[cm]js$/,
  /^dist\/(?:index|login|simulator)\.d\.[cm]ts$/,
  /^bin\/xsoar-duo\.cjs$/,
  /^dist\/(?:cli\.js|package\.json)$/,
  /^dist\/sbom\.cdx\.json$/,
  /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  // Packages of others that are loaded when they are needed.
  /^dist\/vendor\/[\w.-]+\.mjs$/,
  // What several of them share.
  /^dist\/chunk-[A-Z0-9]{8}\.mjs$/,
  // What the simulator, the login gateway and the command line are.
  /^dist\/(?:library|tools|process)\.cjs$/,
  /^dist\/[\w-]+-[\w-]{8}\.d\.cts$/,
];

const mustBeThere = [
  'bin/xsoar-duo.cjs',
  'dist/cli.js',
  'dist/tools.cjs',
  'dist/sbom.cdx.json',
  'dist/THIRD-PARTY-NOTICES.txt',
  ...['index', 'login', 'simulator'].flatMap((name) =>
    ['mjs', 'cjs', 'd.mts', 'd.cts'].map((ending) => `dist/${name}.${ending}`),
  ),
];

interface Packed {
  /** Bytes of the tarball. */
  readonly size: number;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const limits = { tarballKb: 600, installedMb: 15, packages: 40 };

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
  const unexpected = paths.filter((path) => !expected.some((pattern) => pattern.test(path)));
  const missing = mustBeThere.filter((path) => !paths.includes(path));
  if (unexpected.length > 0 || missing.length > 0) {
    throw new Error(`not for a user: ${unexpected.join(', ')}; missing: ${missing.join(', ')}`);
  }
};

const install = ({ filename }: Packed): void => {
  writeFileSync(join(inFolder, 'package.json'), '{"private":true}');
  run('npm', ['install', `./${filename}`, '--no-audit', '--no-fund']);
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
const checkSimulator = async ({ startSimulator }) => {
  const { hostname, ikey, skey, caFile, close } = await startSimulator();
  const { DuoClient } = await import('xsoar-duo');
  const duo = new DuoClient({ hostname, ikey, skey, caFile });
  const { result } = await duo.preauth({ username: 'alice' });
  if (result !== 'auth') throw new Error('the preauth gave ' + result);
  duo.close?.();
  await close();
};
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

/** Bytes of all files under the folder. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).size, 0);

try {
  const packed = pack();
  checkFiles(packed);
  install(packed);
  run(process.execPath, ['--input-type=module', '--eval', useImport]);
  run(process.execPath, ['--input-type=commonjs', '--eval', useRequire]);
  const demo = run(process.execPath, ['node_modules/xsoar-duo/bin/xsoar-duo.cjs', 'demo']);
  if (!/^ok$/m.test(demo)) {
    throw new Error(`the demo says: ${demo}`);
  }
  const sizes = {
    tarballKb: packed.size / 1000,
    installedMb: sizeOf(join(inFolder, 'node_modules')) / 1e6,
    packages: countPackages(),
  };
  const text = `${sizes.tarballKb.toFixed(0)} KB in ${packed.files.length} files; installed ${sizes.installedMb.toFixed(1)} MB, ${sizes.packages} packages`;
  if (Object.entries(limits).some(([name, limit]) => sizes[name as keyof typeof sizes] > limit)) {
    throw new Error(`${text}; the limits are ${JSON.stringify(limits)}`);
  }
  process.stdout.write(`The tarball works: ${text}.\n`);
} finally {
  rmSync(inFolder, { recursive: true, force: true });
}
