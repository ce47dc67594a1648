// Runs a TypeScript module: `node scripts/run.js scripts/build-pack.ts`. Node 20 cannot by itself.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [script = ''] = process.argv.slice(2);

await runnerImport(resolve(script), { configFile: false, logLevel: 'error' });
