#!/usr/bin/env node
import nodeModule from 'node:module';
import process from 'node:process';
import { version } from '../duo/version.ts';

const [option, ...others] = process.argv.slice(2);
if ((option === '--version' || option === '-V') && others.length === 0) {
  // All else is loaded later, so that the version is there at once.
  process.stdout.write(`${version}\n`);
} else {
  // From Node 22.1 on, what is loaded from here on is compiled once and kept.
  if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
    nodeModule.enableCompileCache();
  }
  const { runProcess } = await import('./process.ts');
  await runProcess();
}
