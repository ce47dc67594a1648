import { readdirSync, readFileSync } from 'node:fs';
import { metadata } from './metadata.ts';
import { unifiedIntegration, unifiedPath } from './unified-integration.ts';
import type { Marketplace } from './unify.ts';
import type { Files } from './zip.ts';

// What the pack is made of, and what it is not to carry.
const isSource = (path: string): boolean =>
  ['images/', 'doc_files/', 'Integrations/DuoAuthAPI/'].some((folder) => path.startsWith(folder));

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1));

/** The files of the pack around this bundle, by their paths in the archive. */
export const packFiles = (code: string, marketplace: Marketplace = 'xsoar'): Files => {
  const files = new Map<string, Uint8Array>();
  for (const path of sourcesIn('pack').filter((one) => !isSource(one))) {
    files.set(path, readFileSync(`pack/${path}`));
  }
  files.set('metadata.json', Buffer.from(`${JSON.stringify(metadata(), undefined, 2)}\n`));
  files.set(unifiedPath, Buffer.from(unifiedIntegration(code, marketplace)));
  files.set(
    'Integrations/integration-DuoAuthAPI_README.md',
    readFileSync('pack/Integrations/DuoAuthAPI/README.md'),
  );
  return files;
};

/** The same pack as a repository of content holds it: the integration in its parts. */
export const stagedFiles = (code: string): Files => {
  const files = new Map<string, Uint8Array>();
  for (const path of sourcesIn('pack').filter((one) => !one.startsWith('images/'))) {
    files.set(path, readFileSync(`pack/${path}`));
  }
  const folder = 'Integrations/DuoAuthAPI';
  const metadata = readFileSync('integration.yml', 'utf8').replace(
    /^ {2}script: .*$/m,
    "  script: ''",
  );
  files.set(`${folder}/DuoAuthAPI.yml`, Buffer.from(metadata));
  files.set(`${folder}/DuoAuthAPI.js`, Buffer.from(code));
  return files;
};
