import type { Factor, IntegrationConfig } from '../config/types.ts';
import type { Device } from '../directory/device.ts';
import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { permittedCapabilities } from './device-view.ts';

type DeviceFactor = Exclude<Factor, 'passcode'>;

const noCapableDevice = (): ProtocolError => new ProtocolError(40002, 'no capable device');

/** The devices that `device` names: all of them for `auto`. */
const namedDevices = (user: User, deviceId: string): readonly Device[] => {
  if (deviceId === 'auto') {
    return user.devices;
  }
  const device = user.devices.find(({ id }) => id === deviceId);
  if (!device) {
    throw new ProtocolError(40002, 'device');
  }
  return [device];
};

/** The first device named that can do it. */
export const chooseDevice = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
  factor: DeviceFactor,
): Device => {
  const device = namedDevices(user, deviceId).find((candidate) =>
    permittedCapabilities(candidate, integration).includes(factor),
  );
  if (!device) {
    throw noCapableDevice();
  }
  return device;
};

/** What `auto` stands for: a push to the first device that takes one, else a call. */
export const chooseAutomatic = (
  integration: IntegrationConfig,
  user: User,
  deviceId: string,
): { factor: 'push' | 'phone'; device: Device } => {
  const devices = namedDevices(user, deviceId);
  for (const factor of ['push', 'phone'] as const) {
    const device = devices.find((candidate) =>
      permittedCapabilities(candidate, integration).includes(factor),
    );
    if (device) {
      return { factor, device };
    }
  }
  throw noCapableDevice();
};
