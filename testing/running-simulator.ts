import { onTestFinished } from 'vitest';
import {
  createManualClock,
  type Simulator,
  type SimulatorConfig,
  type SimulatorOptions,
  startSimulator,
} from '../src/simulator/index.ts';

/** A simulator that does not move in time and is closed after the test. */
export const startStill = async (
  config: SimulatorConfig = {},
  options: SimulatorOptions = {},
): Promise<Simulator> => {
  const simulator = await startSimulator({ clock: createManualClock(), config, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
};

/** Waits until a condition holds: for what happens on the other side of a socket. */
export const until = async (condition: () => boolean, what = 'it'): Promise<void> => {
  const deadlineMs = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadlineMs) {
      throw new Error(`Waited 5 s for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
