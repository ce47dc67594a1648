import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Options } from 'tsup';
import config from '../tsup.xsoar.config.ts';

/** The bundle for XSOAR, built now, as its build makes it. */
export const buildXsoarBundle = async (): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), 'xsoar-bundle-'));
  try {
    await build({ ...(config as Options), config: false, outDir });
    return readFileSync(join(outDir, 'DuoAuthAPI.js'), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true });
  }
};
