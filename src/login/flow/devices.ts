import type { Device } from '../../duo/endpoints/preauth.ts';
import type { Offer, StartedFactor } from './state.ts';

/** Can this device be used for the factor? */
export const isCapable = (device: Device, factor: StartedFactor): boolean =>
  device.capabilities.includes(factor);

/**
 * The device to use: the one asked for, else the browser's last one, else the first that can. Only
 * devices that Duo offered this user are ever named, whatever a form says.
 */
export const pickDevice = (
  { devices }: Offer,
  factor: StartedFactor,
  wanted: string | undefined,
  preferred: string | undefined,
): string | undefined => {
  const capable = devices.filter((device) => isCapable(device, factor));
  if (wanted !== undefined) {
    return capable.find(({ device }) => device === wanted)?.device;
  }
  return (capable.find(({ device }) => device === preferred) ?? capable[0])?.device;
};
