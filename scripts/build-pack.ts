// Writes the two files that XSOAR takes: the integration alone, and the pack.
import { readFileSync, writeFileSync } from 'node:fs';
import { packFiles } from './pack/pack-files.ts';
import { unifiedPath } from './pack/unified-integration.ts';
import { zip } from './pack/zip.ts';

const files = packFiles(readFileSync('dist/xsoar/DuoAuthAPI.js', 'utf8'));
const unified = files.get(unifiedPath);
if (unified === undefined) {
  throw new Error(`the pack is without ${unifiedPath}`);
}

writeFileSync('dist/xsoar/integration-DuoAuthAPI.yml', unified);
writeFileSync('dist/xsoar/DuoAuthAPI.zip', zip(files));
