import type { AnswerHabit, IntegrationConfig, UserConfig, UserStatus } from './configuration.ts';
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
const normalizedName = (username: string): string => username.trim().toLowerCase();

/** The integrations and users of the service. */
export class Directory {
  readonly #integrations = new Map<string, IntegrationConfig>();
  readonly #users = new Map<string, User>();
  readonly #userByName = new Map<string, User>();

  constructor(integrations: readonly IntegrationConfig[], users: readonly UserConfig[]) {
    for (const integration of integrations) {
      this.#integrations.set(integration.ikey, integration);
    }
    for (const user of users) {
      this.add(createUser(user));
    }
  }

  integration(ikey: string): IntegrationConfig | undefined {
    return this.#integrations.get(ikey);
  }

  integrations(): IntegrationConfig[] {
    return [...this.#integrations.values()];
  }

  users(): User[] {
    return [...this.#users.values()];
  }

  userById(id: string): User | undefined {
    return this.#users.get(id);
  }

  /** By username or alias, whatever the case. */
  userByName(name: string): User | undefined {
    return this.#userByName.get(normalizedName(name));
  }

  device(deviceId: string): { user: User; device: Device } | undefined {
    for (const user of this.#users.values()) {
      const device = user.devices.find(({ id }) => id === deviceId);
      if (device) {
        return { user, device };
      }
    }
    return undefined;
  }

  add(user: User): void {
    this.#users.set(user.id, user);
    for (const name of [user.username, ...user.aliases]) {
      this.#userByName.set(normalizedName(name), user);
    }
  }

  remove(user: User): void {
    this.#users.delete(user.id);
    for (const [name, owner] of this.#userByName) {
      if (owner === user) {
        this.#userByName.delete(name);
      }
    }
  }

  /** Keeps what happened to the users of an earlier configuration, and the users added since. */
  inherit(earlier: Directory): void {
    for (const old of earlier.users()) {
      const user = this.#users.get(old.id);
      if (user) {
        inheritUser(user, old);
      } else if (old.isEnrolled && !this.userByName(old.username)) {
        this.add(old);
      }
    }
  }
}

const inheritUser = (user: User, old: User): void => {
  user.failures = old.failures;
  user.lockedAtMs = old.lockedAtMs;
  for (const code of old.usedBypassCodes) {
    user.usedBypassCodes.add(code);
    user.bypassCodes.delete(code);
  }
  user.devices.push(...old.devices.filter((device) => device.isEnrolled));
  for (const device of user.devices) {
    const before = old.devices.find(
      ({ id, secret }) => id === device.id && secret === device.secret,
    );
    if (!before) {
      continue;
    }
    device.nextCounter = before.nextCounter;
    device.shownCounter = before.shownCounter;
    device.smsBatch = before.smsBatch;
  }
};
