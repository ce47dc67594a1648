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

const noText: License = { text: 'The package holds no text of its license.', copyright: [] };

/** A license's text, and the lines of it that say whose the package is. */
interface License {
  readonly text: string;
  readonly copyright: readonly string[];
}

const readLicense = (path: string): License => {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const isCopyright = (line: string): boolean => /^\W*copyright\b.*\d{4}/i.test(line);
  return {
    text: lines
      .filter((line) => !isCopyright(line))
      .join('\n')
      .trim(),
    copyright: lines.filter(isCopyright).map((line) => line.trim()),
  };
};

/** The packages with their licenses. A text that many have in common is given once, after their names. */
const noticesOf = (folders: readonly string[]): string[] => {
  const ownersByText = new Map<string, string[]>();
  for (const folder of folders) {
    const { name, version, license = 'no license named' } = readManifest(folder);
    const licenses = readdirSync(folder)
      .filter((file) => licenseFile.test(file))
      .map((file) => readLicense(join(folder, file)));
    for (const { text, copyright } of licenses.length > 0 ? licenses : [noText]) {
      // Texts that differ in line breaks alone are one.
      const key = text.replace(/\s+/g, ' ');
      const owners = ownersByText.get(key) ?? [text];
      owners.push([`${name} ${version} (${license})`, ...copyright].join('\n  '));
      ownersByText.set(key, owners);
    }
  }
  return [...ownersByText.values()].map(([text, ...owners]) => `${owners.join('\n')}\n\n${text}`);
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
  ...noticesOf(bundled),
];
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', `${notices.join(`\n\n${line}\n`)}\n`);
rmSync(inventory);
process.stdout.write(
  `dist/sbom.cdx.json: ${bom.components.length} components, ${bundled.length} of them bundled\n`,
);
