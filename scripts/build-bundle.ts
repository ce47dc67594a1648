// Writes the script that XSOAR's engine runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildBundle } from './bundle/build-bundle.ts';

mkdirSync('dist/xsoar', { recursive: true });
writeFileSync('dist/xsoar/DuoAuthAPI.js', await buildBundle());
