// Writes the software bill of materials: what a user's installation brings along, in CycloneDX.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

interface Bom {
  readonly metadata: { readonly component: { name: string } };
  readonly components: readonly unknown[];
}

const path = 'dist/sbom.cdx.json';

const text = execFileSync(
  'npm',
  [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'library',
    '--omit',
    'dev',
    '--package-lock-only',
  ],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
);
const bom = JSON.parse(text) as Bom;
if (bom.components.length === 0) {
  throw new Error('The bill of materials is empty.');
}
// npm names the package after its folder.
bom.metadata.component.name = JSON.parse(readFileSync('package.json', 'utf8')).name;
writeFileSync(path, `${JSON.stringify(bom, undefined, 2)}\n`);
process.stdout.write(`${path}: ${bom.components.length} components\n`);
