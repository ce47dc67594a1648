import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Simulator, startSimulator } from '../src/simulator/index.ts';

/** One simulator for all tests of a file, as new before each of them. */
export const simulatorForFile = (): (() => Simulator) => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());
  beforeEach(() => {
    simulator.control.reset();
    simulator.control.setFaults([]);
  });
  return () => simulator;
};
