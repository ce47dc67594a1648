// A gateway as a process of its own, to be killed: `node scripts/run.js THIS login.yml`.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createLoginGateway, loadSettings } from '../../src/login/index.ts';

const file = process.argv[3] ?? '';
await createLoginGateway(
  await loadSettings(readFileSync(file, 'utf8'), {
    folder: dirname(file),
    env: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
  }),
  { failureMs: 0, writeAudit: () => undefined },
);
