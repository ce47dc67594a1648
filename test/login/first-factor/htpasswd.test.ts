import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FirstFactorUnavailableError } from '../../../src/login/first-factor/first-factor.ts';
import { createHtpasswd, parsePasswordFile } from '../../../src/login/first-factor/htpasswd.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-htpasswd-'));
  file = join(folder, 'users');
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (name: string, password: string) => `${name}:${hashSync(password, 4)}`;

describe('a password file', () => {
  it('takes comments, empty lines and both line ends', () => {
    const text = `# users\r\n\r\n${entry('alice', 'x')}\r\n${entry('bob', 'y')}\n`;
    expect([...parsePasswordFile(text).hashes.keys()]).toEqual(['alice', 'bob']);
  });

  it.each(['alice', 'alice:{SHA}secret', 'alice:$apr1$x$secret', ':$2b$04$x'])(
    'refuses the line %j by its number, without showing it',
    (line) => {
      const parse = () => parsePasswordFile(`${entry('bob', 'y')}\n${line}\n`);
      expect(parse).toThrow('Line 2 is not a name and a bcrypt hash');
      expect(parse).not.toThrow('secret');
    },
  );

  it('has a decoy as costly as its hashes', () => {
    expect(parsePasswordFile(entry('alice', 'x')).decoy).toMatch(/^\$2b\$04\$/);
    expect(parsePasswordFile('').decoy).toMatch(/^\$2b\$10\$/);
  });
});

describe('the first factor of it', () => {
  it('takes the right password, whole', async () => {
    const long = 'p'.repeat(72);
    writeFileSync(file, `${entry('alice', 'right')}\n${entry('bob', long)}\n`);
    const factor = await createHtpasswd(file);
    const passes = async (username: string, password: string) =>
      (await factor.verify({ username, password })).passed;
    expect(await passes('alice', 'right')).toBe(true);
    expect(await passes('alice', 'wrong')).toBe(false);
    expect(await passes('Alice', 'right')).toBe(false);
    expect(await passes('nobody', 'right')).toBe(false);
    expect(await passes('bob', long)).toBe(true);
    // bcrypt would not look at the last letter.
    expect(await passes('bob', `${long}x`)).toBe(false);
  });

  it('reads a file that has changed', async () => {
    writeFileSync(file, entry('alice', 'old'));
    const factor = await createHtpasswd(file);
    expect((await factor.verify({ username: 'alice', password: 'old' })).passed).toBe(true);
    writeFileSync(file, entry('alice', 'new'));
    utimesSync(file, 1, 1);
    expect((await factor.verify({ username: 'alice', password: 'old' })).passed).toBe(false);
    expect((await factor.verify({ username: 'alice', password: 'new' })).passed).toBe(true);
  });

  it('leaves the event loop to others while it hashes', async () => {
    writeFileSync(file, `alice:${hashSync('right', 12)}`);
    const factor = await createHtpasswd(file);
    let isOver = false;
    const guesses = Promise.all(
      Array.from({ length: 4 }, () => factor.verify({ username: 'alice', password: 'wrong' })),
    ).finally(() => {
      isOver = true;
    });
    let turns = 0;
    while (!isOver) {
      turns += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect((await guesses).map(({ passed }) => passed)).toEqual([false, false, false, false]);
    // Hashing on the loop would leave one turn for each hash at the most.
    expect(turns).toBeGreaterThan(20);
  });

  it('lets no one in when the file cannot be read', async () => {
    const factor = await createHtpasswd(join(folder, 'absent'));
    const verify = factor.verify({ username: 'alice', password: 'x' });
    await expect(verify).rejects.toThrow(FirstFactorUnavailableError);
  });
});
