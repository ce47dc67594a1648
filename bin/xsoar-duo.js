#!/usr/bin/env node
// In a copy of the repository nothing is built at first. In an installed package everything is.
import { existsSync } from 'node:fs';

const build = new URL('../scripts/build-cli.js', import.meta.url);
if (existsSync(build)) {
  const { buildWhenOutOfDate } = await import(build.href);
  buildWhenOutOfDate();
}
await import('../dist/cli.js');
