import { afterAll, beforeAll, expect, it } from 'vitest';
import { DuoClient } from 'xsoar-duo';
import { type Simulator, startSimulator } from 'xsoar-duo/simulator';
import { askForApproval } from './ask-for-approval.ts';

let simulator: Simulator;
let duo: DuoClient;
beforeAll(async () => {
  simulator = await startSimulator();
  const { hostname, ikey, skey, caFile } = simulator;
  duo = new DuoClient({ hostname, ikey, skey, caFile });
});
afterAll(() => simulator.close());

it.each([
  ['alice', true, 'approves'],
  ['erin', false, 'denies'],
  ['frank', false, 'reports fraud'],
  ['carol', false, 'is disabled'],
])('%s: %s, because this user %s', async (username, expected) => {
  expect(await askForApproval(duo, username, 'Deployment')).toBe(expected);
});
