#!/usr/bin/env node
// In a fresh copy of the repository nothing is built yet. In an installed package everything is.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '../dist/cli.js');
if (!existsSync(program)) {
  const build = join(__dirname, '../scripts/build-cli.js');
  const { status } = spawnSync(process.execPath, [build], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
require(program);
