// Writes the bill of materials, in CycloneDX, and the notices: what npm installs along with the package, and
// what is inside its bundles.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly name: string;
}

interface Bom {
  readonly metadata: { readonly component: { name: string } };
  readonly components: Component[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const toComponent = ({ name, version, license }: Manifest) => ({
  'bom-ref': `${name}@${version}`,
  type: 'library',
  name,
  version,
  purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  ...(license === undefined ? {} : { licenses: [{ license: { id: license } }] }),
  properties: [{ name: 'xsoar-duo:bundled', value: 'true' }],
});

const licenseFile = /^(?:licen[cs]e|copying|notice)/i;

const licenseOf = (folder: string): string => {
  const { name, version, license = 'no license named' } = readManifest(folder);
  const texts = readdirSync(folder)
    .filter((file) => licenseFile.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
};

const inventory = 'dist/bundled.json';
// Some packages hold folders with a package.json of their own that names nothing.
const bundled = (JSON.parse(readFileSync(inventory, 'utf8')) as string[]).filter((folder) =>
  existsSync(join(folder, 'package.json')),
);

const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--omit', 'dev'];
const text = execFileSync('npm', ['sbom', ...options, '--omit', 'peer', '--package-lock-only'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const bom = JSON.parse(text) as Bom;
// npm names the package after its folder.
bom.metadata.component.name = readManifest('.').name;
bom.components.push(...bundled.map((folder) => toComponent(readManifest(folder))));
if (bom.components.length === bundled.length || bundled.length === 0) {
  throw new Error('The bill of materials lacks what is installed, or what is bundled.');
}
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(bom)}\n`);

const line = '-'.repeat(80);
const notices = [
  'The files of this folder contain parts of the following packages.',
  ...bundled.map(licenseOf),
];
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', `${notices.join(`\n\n${line}\n`)}\n`);
rmSync(inventory);
process.stdout.write(
  `dist/sbom.cdx.json: ${bom.components.length} components, ${bundled.length} of them bundled\n`,
);
