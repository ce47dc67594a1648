import type { SimulatorClock } from '../clock.ts';
import type { Outcome } from '../protocol/outcome.ts';

type Held = Extract<Outcome, { kind: 'hold' }>;
type Settled = Exclude<Outcome, { kind: 'hold' }>;

/** Resolves when what a held outcome waits for happens, or when its client has gone. */
const waitFor = (held: Held, clock: SimulatorClock, signal: AbortSignal): Promise<void> => {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const wake = () => {
      for (const stop of stops) {
        stop();
      }
      signal.removeEventListener('abort', wake);
      resolve();
    };
    if (held.transaction) {
      stops.push(held.transaction.listen(wake));
    }
    if (held.untilMs !== undefined) {
      stops.push(clock.at(held.untilMs, wake));
    }
    signal.addEventListener('abort', wake, { once: true });
  });
};

/** Waits until an outcome is one to act on; `undefined` when the client went away first. */
export const settle = async (
  outcome: Outcome,
  clock: SimulatorClock,
  signal: AbortSignal,
): Promise<Settled | undefined> => {
  let current = outcome;
  while (current.kind === 'hold') {
    if (signal.aborted) {
      return undefined;
    }
    await waitFor(current, clock, signal);
    if (signal.aborted) {
      return undefined;
    }
    current = current.resume();
  }
  return current;
};
