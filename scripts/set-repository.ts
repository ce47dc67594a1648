// Writes where the project lives into package.json, for the owner: `npm run repository -- URL`.
import { execFileSync } from 'node:child_process';
import { repositoryFields } from './release/release-faults.ts';

const url = (process.argv[3] ?? '').replace(/(?:\.git)?\/*$/, '');
if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(url)) {
  throw new Error(
    'Give the address of the repository: npm run repository -- https://HOST/OWNER/NAME',
  );
}
const fields = Object.entries(repositoryFields(url)).map(([name, value]) => `${name}=${value}`);
execFileSync('npm', ['pkg', 'set', ...fields]);
