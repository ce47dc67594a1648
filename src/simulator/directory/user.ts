import type { AnswerHabit, UserConfig, UserStatus } from '../config/types.ts';
import { createDevice, type Device } from './device.ts';
import { derivedId } from './ids.ts';

/** A user as the service keeps it: what the file says, and what happened since. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly aliases: readonly string[];
  groups: readonly string[];
  status: UserStatus;
  answer: AnswerHabit;
  answerAfterSeconds: number;
  readonly devices: Device[];
  /** Those not used yet. */
  readonly bypassCodes: Set<string>;
  readonly usedBypassCodes: Set<string>;
  failures: number;
  /** Set when failures locked the user out, as opposed to the file. */
  lockedAtMs: number | undefined;
  /** Created by `enroll`, so a reloaded file does not know of it. */
  readonly isEnrolled: boolean;
}

/** Makes a user of its description. */
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

/** Usernames differ by more than case. */
export const normalizedName = (username: string): string => username.trim().toLowerCase();
