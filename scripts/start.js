// `npm start`: builds the command line when it is missing or out of date, then runs its demo.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { buildWhenOutOfDate, program } from './build-cli.js';

buildWhenOutOfDate();

// A terminal sends Ctrl-C to both by itself, and a second one would not let the demo clean up.
const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);

const demo = spawn(process.execPath, [program, 'demo'], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !hasTerminal) {
      demo.kill(signal);
    }
  });
}
demo.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
