import { readFile, stat } from 'node:fs/promises';
import { CallLimit, Semaphore } from '../../hosts/node/limits.ts';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import { FirstFactorUnavailableError, type PasswordFactor } from './first-factor.ts';

const line = /^([^:\s][^:]*):(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/;

const usualCost = 10;

// libuv has four threads, and they look up Duo's address as well. A login that waits for one of them behind
// a hundred wrong passwords would look like an outage of Duo.
const hashesAtOnce = 2;
const queueMs = 20_000;

// bcrypt ignores what follows.
const longestPasswordBytes = 72;

/** A password file: names and bcrypt hashes. */
export interface PasswordFile {
  readonly hashes: ReadonlyMap<string, string>;
  /** A hash of no password, as costly as the costliest of the file. */
  readonly decoy: string;
}

/**
 * Read the text of an htpasswd file. Comments and empty lines are skipped.
 *
 * @throws Error that names the line which is not a name and a bcrypt hash.
 */
export const parsePasswordFile = (text: string): PasswordFile => {
  const hashes = new Map<string, string>();
  let cost = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const entry = raw.trim();
    if (entry === '' || entry.startsWith('#')) {
      continue;
    }
    const [, name, hash, digits] = line.exec(entry) ?? [];
    if (name === undefined || hash === undefined) {
      throw new Error(
        `Line ${index + 1} is not a name and a bcrypt hash (make it with htpasswd -B).`,
      );
    }
    hashes.set(name, hash);
    cost = Math.max(cost, Number(digits));
  }
  const decoyCost = String(cost || usualCost).padStart(2, '0');
  // Salt and digest of nothing: 53 characters that no password is likely to give.
  return { hashes, decoy: `$2b$${decoyCost}$${'.'.repeat(53)}` };
};

/**
 * Users in an htpasswd file with bcrypt hashes. The file is read again when it changes. A user who is
 * not in it costs as much time as one who is. Hashing runs on threads, two at a time, so that wrong
 * passwords hold up nothing else.
 */
export const createHtpasswd = async (file: string): Promise<PasswordFactor> => {
  const bcrypt = await loadOptionalPackage('@node-rs/bcrypt', () => import('@node-rs/bcrypt'));
  const places = new Semaphore(hashesAtOnce);
  let read: { readonly changedAtMs: number; readonly users: PasswordFile } | undefined;

  const load = async (): Promise<PasswordFile> => {
    try {
      const { mtimeMs } = await stat(file);
      if (read?.changedAtMs !== mtimeMs) {
        read = { changedAtMs: mtimeMs, users: parsePasswordFile(await readFile(file, 'utf8')) };
      }
      return read.users;
    } catch (cause) {
      throw new FirstFactorUnavailableError('The password file cannot be read.', { cause });
    }
  };

  const matchesInTurn = async (password: string, hash: string): Promise<boolean> => {
    const limit = new CallLimit(queueMs);
    const release = await places.acquire(limit);
    limit.release();
    if (release === undefined) {
      throw new FirstFactorUnavailableError('Too many passwords are being checked.');
    }
    return bcrypt.verify(password, hash).finally(release);
  };

  return {
    kind: 'password',
    verify: async ({ username, password }) => {
      const { hashes, decoy } = await load();
      const hash = hashes.get(username);
      const matches = await matchesInTurn(password, hash ?? decoy);
      const isWhole = Buffer.byteLength(password) <= longestPasswordBytes;
      return matches && isWhole && hash !== undefined
        ? { passed: true, username, groups: [] }
        : { passed: false };
    },
    check: async () => `${(await load()).hashes.size} users in the password file`,
    knows: async (username) => (await load()).hashes.has(username),
  };
};
