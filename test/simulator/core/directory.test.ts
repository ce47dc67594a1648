import { expect, it } from 'vitest';
import { loadConfig } from '../../../src/simulator/config/load-config.ts';
import { createControl } from '../../../src/simulator/control/control.ts';
import { loadOneTimeCodes } from '../../../src/simulator/core/device.ts';
import { createUser } from '../../../src/simulator/core/directory.ts';
import { addPhone } from '../../../src/simulator/core/enrollment.ts';
import { SimulatorState } from '../../../src/simulator/core/state.ts';
import { createManualClock, type SimulatorConfig } from '../../../src/simulator/index.ts';

const phone = { kind: 'smartphone', number: '+1 734 555 0101' } as const;
const withUsers = (...users: NonNullable<SimulatorConfig['users']>) => loadConfig({ users });

it('keeps what happened to users and devices when the file is read again', async () => {
  const config = await withUsers({ username: 'zoe', devices: [phone] });
  const state = new SimulatorState(config, createManualClock(), await loadOneTimeCodes());
  const control = createControl(state);
  const zoe = state.directory.userByName('zoe');
  if (!zoe) {
    throw new Error('There is no zoe');
  }
  const [device] = zoe.devices;
  const passcode = control.nextPasscode(device?.id ?? '');
  zoe.failures = 3;
  addPhone(state, zoe, 'portal', { name: 'Second' });
  const guest = { ...zoe, id: 'DU00000000000000000G', username: 'guest', aliases: [] };
  state.directory.add({ ...guest, isEnrolled: true, devices: [] });

  state.reload(await withUsers({ username: 'Zoe', devices: [phone] }));

  const after = state.directory.userById(zoe.id);
  expect(after).not.toBe(zoe);
  expect(after).toMatchObject({ username: 'Zoe', failures: 3 });
  expect(control.phone(device?.id ?? '').passcode).toBe(passcode);
  expect(after?.devices.map(({ name }) => name)).toEqual(['', 'Second']);
  expect(state.directory.userByName('guest')).toBeDefined();

  state.reset();
  expect(state.directory.userByName('guest')).toBeUndefined();
  expect(state.directory.userByName('zoe')).toMatchObject({ failures: 0 });
});

it('takes a name that the file now gives to somebody away from who enrolled under it', async () => {
  const state = new SimulatorState(
    await withUsers(),
    createManualClock(),
    await loadOneTimeCodes(),
  );
  const base = (await withUsers({ username: 'henry', id: 'DU00000000000000000H' })).users[0];
  if (!base) {
    throw new Error('There is no henry');
  }
  state.directory.add(createUser(base, true));
  state.reload(await withUsers({ username: 'henry', status: 'bypass' }));
  expect(state.directory.users().map(({ username, status }) => [username, status])).toEqual([
    ['henry', 'bypass'],
  ]);
});
