// Says what keeps a release from being made, before anything is built: node scripts/run.js scripts/check-release.ts.
// Writes the notes of the release to release-notes.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { notesOf, releaseFaults } from './release/release-faults.ts';

const { TAG: tag = '', REPOSITORY: repository = '' } = process.env;
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const faults = releaseFaults({ manifest, changelog, tag, repository });
if (faults.length > 0) {
  process.stderr.write(`This cannot be released:\n${faults.map((one) => `  ${one}\n`).join('')}`);
  process.exitCode = 1;
} else {
  writeFileSync('release-notes.md', `${notesOf(changelog, manifest.version)}\n`);
}
