#!/usr/bin/env node
import process from 'node:process';
import { version } from '../duo/version.ts';

const [option, ...others] = process.argv.slice(2);
if ((option === '--version' || option === '-V') && others.length === 0) {
  // All else is loaded later, so that the version is there at once.
  process.stdout.write(`${version}\n`);
} else {
  void import('./process.ts').then(({ runProcess }) => runProcess());
}
