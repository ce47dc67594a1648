import type { Progress } from '../../duo/plan.ts';
import type { CallOptions } from '../../hosts/node/drive.ts';
import type { CliContext } from '../cli-context.ts';

type OnProgress = NonNullable<CallOptions['onProgress']>;

// Most responses arrive before a person could read a line about them.
const quietMs = 400;

const noProgress: OnProgress = () => undefined;

/** The latest that Duo said about a transaction. */
const progressText = ({ status, statusMessage }: Progress): string =>
  statusMessage === '' ? `${status}…` : statusMessage;

const withElapsed = (text: string, sinceMs: number, nowMs: number): string =>
  `${text} ${Math.max(0, Math.floor((nowMs - sinceMs) / 1000))} s`;

/**
 * Run something with a line on the terminal that says what is awaited and for how long. The line is
 * written to stderr, only when that is a terminal, and is gone afterwards.
 */
export const whileWaiting = async <T>(
  { stderr, now }: Pick<CliContext, 'stderr' | 'now'>,
  text: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> => {
  if (stderr.isTTY !== true) {
    return work(noProgress);
  }
  const { default: ora } = await import('ora');
  const startedAtMs = now();
  let current = text;
  const spinner = ora({
    stream: stderr,
    isEnabled: true,
    // The prompt of the war room reads the keyboard itself, and Ctrl-C has to arrive.
    discardStdin: false,
  });
  const show = () => {
    spinner.text = withElapsed(current, startedAtMs, now());
  };
  const start = setTimeout(() => {
    show();
    spinner.start();
  }, quietMs);
  const tick = setInterval(show, 1000);
  try {
    return await work((progress) => {
      current = progressText(progress);
      show();
    });
  } finally {
    clearTimeout(start);
    clearInterval(tick);
    if (spinner.isSpinning) {
      spinner.stop();
    }
  }
};
