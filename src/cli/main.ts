#!/usr/bin/env node
import process from 'node:process';
import { loadOptionalPackage } from '../optional/load-optional-package.ts';
import { readEnvironment } from './environment.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { reportError } from './report-error.ts';

const { stdin, stdout, stderr } = process;

// The first Ctrl-C asks what runs to end, and the second does not wait for it. So does a terminal that
// is closed.
const cancel = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (cancel.signal.aborted) {
      process.exit(exitCodes.cancelled);
    }
    cancel.abort();
  });
}

// Whoever read the output may have had enough of it, as head does.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit();
  }
  throw error;
});

try {
  const { runProgram } = await loadOptionalPackage('commander', () => import('./run-program.ts'));
  process.exitCode = await runProgram(process.argv.slice(2), {
    stdin,
    stdout,
    stderr,
    env: readEnvironment(),
    signal: cancel.signal,
    now: Date.now,
  });
} catch (error) {
  reportError(error, stderr);
  process.exitCode = exitCodeOf(error);
}
