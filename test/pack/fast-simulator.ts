import {
  createManualClock,
  type Simulator,
  type SimulatorConfig,
  startSimulator,
} from '../../src/simulator/index.ts';

const realMs = 2;
const simulatedSeconds = 0.5;

/**
 * A simulator whose time runs 250 times as fast as that of the test: what waits for a user to do
 * nothing need not wait a minute. A push lives ten seconds, which is less than a poll is held.
 */
export const startFastSimulator = async (config: SimulatorConfig): Promise<Simulator> => {
  const simulator = await startSimulator({
    clock: createManualClock(),
    config: {
      ...config,
      settings: { clockSkewSeconds: 86_400, pushExpiresInSeconds: 10, ...config.settings },
    },
  });
  const ticking = setInterval(() => simulator.control.advance(simulatedSeconds), realMs);
  return {
    ...simulator,
    close: () => {
      clearInterval(ticking);
      return simulator.close();
    },
  };
};
