// Writes what is made of the command table. With --check it writes nothing and fails when something
// is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withCommands } from './reference/integration-yaml.ts';

const isCheck = process.argv.includes('--check');

const generated: ReadonlyMap<string, () => string | Promise<string>> = new Map([
  ['integration.yml', () => withCommands(readFileSync('integration.yml', 'utf8'))],
]);

const stale: string[] = [];
for (const [path, make] of generated) {
  const content = await make();
  const old = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (old !== content) {
    stale.push(path);
    if (!isCheck) {
      writeFileSync(path, content);
    }
  }
}
process.stdout.write(
  stale.length === 0
    ? 'All generated files are up to date.\n'
    : `${isCheck ? 'Stale' : 'Written'}: ${stale.join(', ')}\n`,
);
if (isCheck && stale.length > 0) {
  throw new Error('run npm run generate');
}
