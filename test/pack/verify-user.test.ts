import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookUp } from '../../src/cli/context/path.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { allSteps, readPlaybook } from '../../testing/playbook/read-playbook.ts';
import { PlaybookInterpreter, type PlaybookWorld } from '../../testing/playbook/run-playbook.ts';
import { scheduledServer } from '../../testing/scheduled-server.ts';
import { startFastSimulator } from './fast-simulator.ts';

const playbook = readPlaybook('pack/Playbooks/playbook-Verify_User_with_Duo.yml');
const askUser = readPlaybook('pack/Playbooks/playbook-Duo_-_Ask_User.yml');
const playbooks = [askUser];
const device = { kind: 'smartphone', number: '+1 734 555 0101' } as const;

const taken = new Set<string>();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startFastSimulator({
    users: [
      { username: 'alice', answer: 'approve', devices: [device] },
      { username: 'erin', answer: 'deny', devices: [device] },
      { username: 'frank', answer: 'fraud', devices: [device] },
      { username: 'tim', answer: 'ignore', devices: [device] },
      { username: 'bob', status: 'bypass' },
      { username: 'carol', status: 'disabled', devices: [device] },
      { username: 'leo', status: 'locked_out', devices: [device] },
    ],
  });
});
beforeEach(() => {
  simulator.control.reset();
  simulator.control.setFaults([]);
});
afterAll(() => simulator.close());

const params = () => ({
  hostname: simulator.hostname,
  ikey: simulator.ikey,
  skey: simulator.skey,
  ca_file: simulator.caFile,
});

// One instance per version: most of a run was reading the authorities again for each.
const servers = new Map<string, PlaybookWorld['run']>();
const serverOf = (version = '8.4.0'): PlaybookWorld['run'] => {
  const run = servers.get(version) ?? scheduledServer(params(), version);
  servers.set(version, run);
  return run;
};

const verify = async (
  inputs: Record<string, string>,
  { version, ...world }: Partial<PlaybookWorld> & { version?: string } = {},
) => {
  const run = serverOf(version);
  const ended = await new PlaybookInterpreter(playbook, {
    run,
    inputs,
    playbooks,
    ...world,
  }).run();
  for (const step of ended.steps) {
    taken.add(step);
  }
  expect(ended.stopped).toBeUndefined();
  return {
    verified: lookUp(ended.context, 'Duo.Verification.Verified'),
    outcome: lookUp(ended.context, 'Duo.Verification.Outcome'),
    username: lookUp(ended.context, 'Duo.Verification.Username'),
    asked: [lookUp(ended.context, 'Duo.Transaction.TxID') ?? []].flat().length,
  };
};

const verified = { verified: true };
const notVerified = { verified: false };

describe.each(['8.4.0', '6.12.0'])('Verify User with Duo on server %s', (version) => {
  it.each([
    ['alice', { ...verified, outcome: 'allow' }],
    ['bob', { ...verified, outcome: 'bypass' }],
    ['erin', { ...notVerified, outcome: 'deny' }],
    ['carol', { ...notVerified, outcome: 'deny' }],
    ['frank', { ...notVerified, outcome: 'fraud' }],
    ['tim', { ...notVerified, outcome: 'timeout' }],
    ['leo', { ...notVerified, outcome: 'locked_out' }],
    ['nobody', { ...notVerified, outcome: 'not_enrolled' }],
  ])('ends for %s with %j', async (Username, ending) => {
    expect(await verify({ Username }, { version })).toMatchObject({
      ...ending,
      username: Username,
    });
  });

  it.each([
    ['0', 1],
    ['1', 2],
    ['2', 3],
    ['9', 3],
  ])('asks again %s times a user who does not answer', async (Retries, asked) => {
    const ended = await verify({ Username: 'tim', Retries }, { version });
    expect(ended).toMatchObject({ ...notVerified, outcome: 'timeout', asked });
  });

  it('does not ask again who denied', async () => {
    const ended = await verify({ Username: 'erin', Retries: '2' }, { version });
    expect(ended).toMatchObject({ outcome: 'deny', asked: 1 });
  });
});

// What a user answers the second or third time decides, not what came before.
const answers = [
  ['approve', { ...verified, outcome: 'allow' }],
  ['deny', { ...notVerified, outcome: 'deny' }],
  ['fraud', { ...notVerified, outcome: 'fraud' }],
] as const;

type Habit = 'approve' | 'deny' | 'fraud' | 'ignore' | 'manual';

/** Let something happen just before the user is asked for the nth time, or for its status. */
const justBefore = (command: string, nth: number, act: () => void) => {
  const run = serverOf();
  let count = 0;
  const wrapped: PlaybookWorld['run'] = async (name, args) => {
    count += name === command ? 1 : 0;
    if (name === command && count === nth) {
      act();
    }
    return run(name, args);
  };
  return { run: wrapped };
};

const change = (habit: Habit) => () => {
  simulator.control.updateUser('tim', { answer: habit });
};

const setStatus = (status: 'bypass' | 'locked_out') => () => {
  simulator.control.updateUser('tim', { status });
};

const breakDown = (endpoint: 'auth' | 'auth_status' | 'preauth') => () => {
  simulator.control.setFaults([{ kind: 'reset', endpoint }]);
};

const inputs = { Username: 'tim', Retries: '2' };

describe.each([1, 2, 3])('when the user is asked for the %i. time', (nth) => {
  it.each(answers)('%s decides', async (habit, ending) => {
    const ended = await verify(inputs, justBefore('duo-authenticate', nth, change(habit)));
    expect(ended).toMatchObject({ ...ending, asked: nth });
  });

  it.each([
    ['bypass', { ...verified, outcome: 'bypass' }],
    ['locked_out', { ...notVerified, outcome: 'locked_out' }],
  ] as const)('a change of the account to %s decides', async (status, ending) => {
    const ended = await verify(inputs, justBefore('duo-authenticate', nth, setStatus(status)));
    expect(ended).toMatchObject(ending);
  });

  it('Duo may be out of reach', async () => {
    const ended = await verify(inputs, justBefore('duo-authenticate', nth, breakDown('auth')));
    expect(ended).toMatchObject({ ...notVerified, outcome: 'unreachable' });
  });
});

describe('when Duo cannot be asked', () => {
  it('ends as unreachable without an instance', async () => {
    for (const modules of [[], [{ brand: 'DuoAuthAPI', state: 'error' }]]) {
      const ended = await verify({ Username: 'alice' }, { modules });
      expect(ended).toMatchObject({ ...notVerified, outcome: 'unreachable', asked: 0 });
    }
  });

  it('ends as unreachable before anybody is asked', async () => {
    const world = justBefore('duo-preauth', 1, breakDown('preauth'));
    expect(await verify({ Username: 'alice' }, world)).toMatchObject({ outcome: 'unreachable' });
  });

  it.each([1, 2, 3])('ends as unreachable when the answer of time %i is lost', async (nth) => {
    const world = justBefore('duo-authenticate', nth, breakDown('auth_status'));
    const ended = await verify(inputs, world);
    expect(ended).toMatchObject({ ...notVerified, outcome: 'unreachable' });
  });

  it.each([1, 2, 3])('on server 6, too, when the answer of time %i is lost', async (nth) => {
    const run = serverOf('6.12.0');
    let count = 0;
    const world: Partial<PlaybookWorld> = {
      run: (name, args) => {
        count += name === 'duo-authenticate-status' ? 1 : 0;
        if (count === nth) {
          breakDown('auth_status')();
        }
        return run(name, args);
      },
    };
    expect(await verify(inputs, world)).toMatchObject({ outcome: 'unreachable' });
  });
});

describe('when the server ends the wait', () => {
  // The command's next round fails; Duo itself is there.
  const interrupted = (nth: number): Partial<PlaybookWorld> => {
    const run = serverOf();
    let asked = 0;
    return {
      run: async (name, args) => {
        asked += name === 'duo-authenticate' ? 1 : 0;
        return asked === nth && name === 'duo-authenticate-status'
          ? { Type: 4, ContentsFormat: 'text', Contents: 'Polling timed out' }
          : run(name, args);
      },
    };
  };

  it.each([1, 2, 3])('at time %i, ends as unreachable and does not ask again', async (nth) => {
    const ended = await verify(inputs, interrupted(nth));
    expect(ended).toMatchObject({ ...notVerified, outcome: 'unreachable', asked: nth });
  });
});

// Whether a server keeps the private context from one round of a loop to the next is not verified.
describe('where each round of the loop starts with an empty context', () => {
  it.each([
    ['alice', { ...verified, outcome: 'allow' }],
    ['erin', { ...notVerified, outcome: 'deny' }],
    ['tim', { ...notVerified, outcome: 'failed' }],
  ])('%s ends the same, or as failed after three requests', async (Username, ending) => {
    const world = { freshRounds: true };
    expect(await verify({ Username, Retries: '2' }, world)).toMatchObject(ending);
  });
});

describe('what must never verify anybody', () => {
  const transaction = (state: { readonly Result: string; readonly Status: string }) => ({
    'Duo.Transaction': { TxID: 'odd', ...state, Done: true },
  });

  it('an approval of an earlier run in the same context', async () => {
    const earlier = { TxID: 'old', Result: 'allow', Status: 'allow', Done: true };
    const context = { Duo: { Transaction: earlier, Verification: { Verified: true } } };
    const ended = await verify({ Username: 'erin' }, { context });
    expect(ended).toMatchObject({ ...notVerified, outcome: 'failed' });
  });

  it.each([
    ['duo-preauth', { 'Duo.PreAuth': { Response: { Result: 'perhaps' } } }, 'failed'],
    ['duo-preauth', {}, 'failed'],
    ['duo-authenticate', {}, 'unreachable'],
    ['duo-authenticate-status', transaction({ Result: 'perhaps', Status: 'allow' }), 'failed'],
    ['duo-authenticate-status', transaction({ Result: 'allow', Status: 'perhaps' }), 'failed'],
    ['duo-authenticate-status', transaction({ Result: 'deny', Status: 'allow' }), 'failed'],
    ['duo-authenticate-status', {}, 'failed'],
  ])('an answer of %s that no one knows: %j', async (command, EntryContext, outcome) => {
    const run = serverOf();
    const last = command === 'duo-preauth' ? 1 : 3;
    for (let nth = 1; nth <= last; nth += 1) {
      let asked = 0;
      const world: Partial<PlaybookWorld> = {
        run: async (name, args) => {
          asked += name === 'duo-authenticate' ? 1 : 0;
          const entry = await run(name, args);
          const isOdd = name === command && (command === 'duo-preauth' || asked === nth);
          return isOdd && entry.Type === 1 ? { ...strip(entry), EntryContext } : entry;
        },
      };
      const ended = await verify(inputs, world);
      expect(ended, `time ${nth}`).toMatchObject({ ...notVerified, outcome });
    }
  });

  const strip = <T extends object>(entry: T): T => {
    const { PollingCommand: _command, ...rest } = entry as T & { PollingCommand?: string };
    return rest as T;
  };
});

afterAll(() => {
  // Every branch is taken by some test above.
  const steps = [playbook, askUser].flatMap(allSteps);
  expect(steps.filter((step) => !taken.has(step))).toEqual([]);
});
