import { constants } from 'node:os';
import process from 'node:process';
import { readEnvironment } from './cli-context.ts';
import { exitCodes, reportError } from './errors.ts';
import { runProgram } from './program.ts';

// What a shell counts for a program that a signal has ended.
const codeOfSignal = (name: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE'): number =>
  128 + constants.signals[name];

/** Run the program with this process's arguments, streams, signals and exit code. */
export const runProcess = async (): Promise<void> => {
  const { stdin, stdout, stderr } = process;

  // The first signal asks what runs to end, and the second does not wait for it. SIGHUP comes when the
  // terminal is closed.
  const cancel = new AbortController();
  let cancelledCode: number = exitCodes.cancelled;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      cancelledCode = codeOfSignal(name);
      if (cancel.signal.aborted) {
        process.exit(cancelledCode);
      }
      cancel.abort();
    });
  }

  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      // The reader has had enough, as head does: end as if SIGPIPE had come.
      process.exit(codeOfSignal('SIGPIPE'));
    }
    reportError(new Error(`the output cannot be written: ${error.code}`), stderr);
    process.exit(exitCodes.failed);
  });
  stderr.on('error', () => undefined);

  const code = await runProgram(process.argv.slice(2), {
    stdin,
    stdout,
    stderr,
    env: readEnvironment(),
    signal: cancel.signal,
    now: Date.now,
  });
  process.exitCode = code === exitCodes.cancelled ? cancelledCode : code;
};
