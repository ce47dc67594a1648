import { once } from 'node:events';
import { createServer } from 'node:net';
import { BadParameterError, type Fault } from '../duo/errors/input-errors.ts';

/** The gateway cannot start. Every fault is reported at once, by setting. */
export class LoginStartError extends Error {
  override readonly name = 'LoginStartError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, rule }) => `  ${name}: ${rule}`);
    super(`The login gateway cannot start:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

const codes: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'is in use already'],
  ['EADDRNOTAVAIL', 'is not an address of this machine'],
  ['EACCES', 'may not be used by this account'],
  ['EPERM', 'may not be used by this account'],
  ['ENOENT', 'names a file or folder that does not exist'],
  ['EISDIR', 'names a folder'],
  ['ENOTDIR', 'names a path with a file in place of a folder'],
]);

const describe = (error: unknown): string => {
  if (error instanceof BadParameterError) {
    return error.faults.map(({ name, rule }) => `its ${name} ${rule}`).join('; ');
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return codes.get(code) ?? error.message;
};

/**
 * Check that an address is free, without keeping it. The gateway listens only once all else is acquired;
 * by this check a port in use is reported together with every other fault.
 *
 * @throws the system's Error when the address cannot be listened on.
 */
export const assertFree = async ({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<void> => {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
};

/** Something that was acquired, or could not be. */
export interface Acquired<T> {
  /** @throws LoginStartError when it could not be acquired. */
  readonly value: T;
}

/** Acquires in order and releases in reverse. */
export interface Resources {
  /**
   * Acquire something that a setting names. A failure is kept for {@link assertAll}, so that the rest is
   * tried too.
   *
   * @param release is called by {@link release}, once.
   */
  acquire<T>(
    setting: string,
    open: () => T | Promise<T>,
    release?: (opened: T) => unknown,
  ): Promise<Acquired<T>>;
  /** Do something before all that was acquired so far is released. */
  beforeRelease(work: () => unknown): void;
  /** @throws {@link LoginStartError} with everything that could not be acquired, which is released. */
  assertAll(): Promise<void>;
  release(): Promise<void>;
}

export const createResources = (): Resources => {
  const releases: (() => unknown)[] = [];
  const faults: Fault[] = [];

  const release = async (): Promise<void> => {
    for (const one of releases.splice(0).reverse()) {
      // What cannot be closed must not keep the rest open.
      await Promise.resolve()
        .then(one)
        .catch(() => undefined);
    }
  };

  return {
    acquire: async (setting, open, close) => {
      try {
        const value = await open();
        if (close !== undefined) {
          releases.push(() => close(value));
        }
        return { value };
      } catch (error) {
        faults.push({ name: setting, rule: describe(error) });
        return {
          get value(): never {
            throw new LoginStartError(faults);
          },
        };
      }
    },
    beforeRelease: (work) => {
      releases.push(work);
    },
    assertAll: async () => {
      if (faults.length > 0) {
        await release();
        throw new LoginStartError(faults);
      }
    },
    release,
  };
};
