import type { AnswerHabit, UserConfig, UserStatus } from './configuration.ts';
import { createDevice, type Device } from './device.ts';
import { derivedId } from './ids.ts';

/** A user: its configuration, and what happened since. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly aliases: readonly string[];
  groups: readonly string[];
  status: UserStatus;
  answer: AnswerHabit;
  answerAfterSeconds: number;
  readonly devices: Device[];
  /** The unused ones. */
  readonly bypassCodes: Set<string>;
  readonly usedBypassCodes: Set<string>;
  failures: number;
  /** Set when failures, and not the configuration, locked the user out. */
  lockedAtMs: number | undefined;
  /** Added while the simulator runs, so that it survives a reload of the file. */
  readonly isEnrolled: boolean;
}

/** Creates a user. */
export const createUser = (config: UserConfig, isEnrolled = false): User => {
  const name = normalizedName(config.username);
  return {
    id: config.id ?? derivedId('DU', name),
    username: config.username,
    aliases: config.aliases,
    groups: config.groups,
    status: config.status,
    answer: config.answer,
    answerAfterSeconds: config.answerAfterSeconds,
    devices: config.devices.map((device, index) => createDevice(device, `${name}:${index}`)),
    bypassCodes: new Set(config.bypassCodes),
    usedBypassCodes: new Set(),
    failures: 0,
    lockedAtMs: undefined,
    isEnrolled,
  };
};

/** `CORP\alice` and `alice@corp` as `alice`: Duo's username normalization "Simple". */
export const simpleName = (username: string): string =>
  username.slice(username.lastIndexOf('\\') + 1).replace(/(?<=.)@.*$/s, '');

/** Usernames are compared without regard to case. */
export const normalizedName = (username: string): string => username.trim().toLowerCase();
