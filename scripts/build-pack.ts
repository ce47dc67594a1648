// Writes what XSOAR takes: the integration alone and the pack, for version 6 and for 8 and XSIAM.
import { readFileSync, writeFileSync } from 'node:fs';
import { packFiles } from './pack/pack-files.ts';
import { unifiedPath } from './pack/unified-integration.ts';
import { zip } from './pack/zip.ts';

const code = readFileSync('dist/xsoar/DuoAuthAPI.js', 'utf8');

for (const { marketplace, suffix } of [
  { marketplace: 'xsoar', suffix: '' },
  { marketplace: 'xsoar_saas', suffix: '-8' },
] as const) {
  const files = packFiles(code, marketplace);
  const unified = files.get(unifiedPath);
  if (unified === undefined) {
    throw new Error(`the pack is without ${unifiedPath}`);
  }
  writeFileSync(`dist/xsoar/integration-DuoAuthAPI${suffix}.yml`, unified);
  writeFileSync(`dist/xsoar/DuoAuthAPI${suffix}.zip`, zip(files));
}
