import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { allSteps, readPlaybook } from '../../testing/playbook/read-playbook.ts';
import { PlaybookInterpreter } from '../../testing/playbook/run-playbook.ts';
import { scheduledServer } from '../../testing/scheduled-server.ts';

const playbook = readPlaybook('pack/TestPlaybooks/playbook-Duo_Auth_API_-_Test.yml');

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
  simulator.control.updateUser('alice', { answerAfterSeconds: 0 });
});
afterEach(() => simulator.close());

const runTest = (inputs: Record<string, string> = {}) => {
  const run = scheduledServer({
    hostname: simulator.hostname,
    ikey: simulator.ikey,
    skey: simulator.skey,
    ca_file: simulator.caFile,
  });
  const context = { Duo: { PreAuth: { Response: { Result: 'left over' } } } };
  return new PlaybookInterpreter(playbook, { run, inputs, context }).run();
};

describe('Duo Auth API - Test', () => {
  it('passes, by its one way', async () => {
    const { steps, endedAt, stopped } = await runTest();
    expect({ endedAt, stopped }).toEqual({ endedAt: 'Test Done', stopped: undefined });
    expect(steps).toEqual(allSteps(playbook));
  });

  it.each([
    [{ DisabledUsername: 'alice' }, 'Is the user refused for being disabled?'],
    [{ ActiveUsername: 'bob' }, 'Is the active user asked for a second factor?'],
    [{ UnknownUsername: 'carol' }, 'Is the unknown user not let in?'],
    [{ ActiveUsername: 'erin' }, 'Did the user approve?'],
  ])('stops with %j at %s', async (inputs, endedAt) => {
    expect(await runTest(inputs)).toMatchObject({ endedAt, stopped: expect.any(String) });
  });

  it('stops where the keys are wrong', async () => {
    simulator.control.setFaults([{ kind: 'error', code: 40103, endpoint: 'check' }]);
    expect(await runTest()).toMatchObject({
      endedAt: 'Check the keys with Duo',
      stopped: expect.stringContaining('40103'),
    });
  });
});
