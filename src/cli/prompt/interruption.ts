import type { Interface } from 'node:readline';
import type { CliContext } from '../cli-context.ts';

/** Run something that Ctrl-C at the prompt can end. */
export type Interruptible = (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;

/**
 * Give Ctrl-C its meaning at a prompt: it ends the command that runs, or else drops the line that is
 * being typed. When the program itself is told to end, the prompt closes too.
 */
export const interruptible = (
  prompt: Interface,
  { stdout, signal }: Pick<CliContext, 'stdout' | 'signal'>,
): Interruptible => {
  let running: AbortController | undefined;

  const dropLine = (): void => {
    const hint = prompt.line === '' ? '\nTo leave, type exit or press Ctrl-D.\n' : '^C\n';
    stdout.write(hint);
    prompt.write(null, { ctrl: true, name: 'e' });
    prompt.write(null, { ctrl: true, name: 'u' });
    prompt.prompt();
  };

  prompt.on('SIGINT', () => (running === undefined ? dropLine() : running.abort()));
  signal.addEventListener('abort', () => {
    running?.abort();
    prompt.close();
  });

  return async (work) => {
    running = new AbortController();
    try {
      await work(running.signal);
    } finally {
      running = undefined;
    }
  };
};
