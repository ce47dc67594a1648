import { createDevice, type Device } from './device.ts';
import { createUser, type User } from './directory.ts';
import { randomLetters } from './ids.ts';
import type { Activation, SimulatorState } from './state.ts';

/** The phone that claims a code. */
export interface ClaimingPhone {
  readonly name?: string;
  readonly number?: string;
}

const codeLength = 20;

/** Adds a user who has no device yet. */
export const enrollUser = (
  state: SimulatorState,
  username: string,
  bypassCodes: readonly string[] = [],
): User => {
  const user = createUser(
    {
      username,
      aliases: [],
      groups: [],
      status: 'active',
      answer: 'manual',
      answerAfterSeconds: 0,
      bypassCodes,
      devices: [],
    },
    true,
  );
  state.directory.add(user);
  state.emit('directory');
  return user;
};

/** Creates an activation code for a user. */
export const createActivation = (
  state: SimulatorState,
  user: User,
  validSeconds: number,
): Activation => {
  const expiresAtMs = state.now() + validSeconds * 1000;
  const activation: Activation = {
    code: randomLetters(codeLength),
    userId: user.id,
    username: user.username,
    expiresAtMs,
    isClaimed: false,
  };
  // Kept beyond its expiry, so that a claimed code still reports success.
  state.activations.set(activation.code, activation, expiresAtMs + 86_400_000);
  state.emit('devices');
  return activation;
};

/** `duo://<code>-<base64 of the host>`, as the QR code carries it. */
export const activationUri = (activation: Activation, authority: string): string => {
  const host = Buffer.from(authority).toString('base64').replace(/=+$/, '');
  return `duo://${activation.code}-${host}`;
};

/** The bare code in an activation code or link. */
export const bareActivationCode = (text: string): string =>
  /([A-Z0-9]{20})(?:-[A-Za-z0-9+/=]*)?$/.exec(text.trim())?.[1] ?? '';

/** Adds a phone by its activation code; `undefined` when the code is unknown, used or expired. */
export const claimActivation = (
  state: SimulatorState,
  text: string,
  phone: ClaimingPhone = {},
): Device | undefined => {
  const activation = state.activations.get(bareActivationCode(text), state.now());
  if (!activation || activation.isClaimed || activation.expiresAtMs <= state.now()) {
    return undefined;
  }
  const user = state.directory.userById(activation.userId);
  if (!user) {
    return undefined;
  }
  activation.isClaimed = true;
  return addPhone(state, user, activation.code, phone);
};

/** Adds a smartphone to a user. */
export const addPhone = (
  state: SimulatorState,
  user: User,
  seed: string,
  phone: ClaimingPhone,
): Device => {
  const device = createDevice(
    {
      kind: 'smartphone',
      name: phone.name ?? '',
      platform: 'Android',
      number: phone.number ?? '',
      reachable: true,
    },
    `${user.id}:${seed}`,
    true,
  );
  user.devices.push(device);
  state.emit('directory');
  return device;
};
