import type { Capability, Factor, IntegrationConfig } from '../config/types.ts';
import { type Device, displayName, maskedNumber } from '../directory/device.ts';
import { remainingCodes } from '../directory/sms-batch.ts';

const factorOf: Readonly<Record<Exclude<Capability, 'auto'>, Factor>> = {
  push: 'push',
  sms: 'sms',
  phone: 'phone',
  mobile_otp: 'passcode',
};

/** What a device can do for an integration whose policy may leave factors out. */
export const permittedCapabilities = (
  device: Device,
  integration: IntegrationConfig,
): readonly Capability[] => {
  const isPermitted = (capability: Capability): boolean =>
    capability !== 'auto' &&
    device.capabilities.includes(capability) &&
    integration.factors.includes(factorOf[capability]);
  return device.capabilities.filter((capability) =>
    capability === 'auto' ? isPermitted('push') || isPermitted('phone') : isPermitted(capability),
  );
};

/** A device as `preauth` lists it. */
export const deviceView = (
  device: Device,
  integration: IntegrationConfig,
  nowMs: number,
): Record<string, unknown> => {
  const common = { device: device.id, display_name: displayName(device), name: device.name };
  if (device.kind === 'token') {
    return { ...common, type: 'token' };
  }
  const nextCode = remainingCodes(device.smsBatch, nowMs)[0]?.[0];
  return {
    capabilities: permittedCapabilities(device, integration),
    ...common,
    number: maskedNumber(device.number),
    ...(nextCode === undefined ? {} : { sms_nextcode: nextCode }),
    type: 'phone',
  };
};
