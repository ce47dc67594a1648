// The attack: many wrong passwords at once. Each costs a hash, and whatever hashes on the loop that answers
// requests holds up every user who is signed in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { expect, it } from 'vitest';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
const guesses = 40;

// As `htpasswd -B -C 10` makes them: forty are two to three seconds of work for one processor.
const cost = 10;

it('forty wrong passwords at once leave /auth/verify under 100 ms', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    limits: { failuresPerAddress: 1_000, failuresPerUser: 1_000 },
  });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('bob');
  const headers = { cookie: browser.cookieHeader };
  writeFileSync(join(gateway.folder, 'users'), `alice:${hashSync('right', cost)}\n`);

  let isOver = false;
  const attack = Promise.all(
    Array.from({ length: guesses }, async () => {
      const attacker = new CookieBrowser(gateway.origin);
      await attacker.get('/auth/login');
      await attacker.post('/auth/login', { username: 'alice', password: 'wrong' });
      return attacker.page.status;
    }),
  ).finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  while (!isOver) {
    const since = performance.now();
    expect((await rawRequest(gateway.origin, '/auth/verify', { headers })).status).toBe(200);
    times.push(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await attack).toEqual(Array.from({ length: guesses }, () => 401));
  const sorted = times.toSorted((one, other) => one - other);
  // A request of ours includes looking up the name, which needs a thread too. Few may meet a busy machine.
  expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(100);
  expect(sorted.length).toBeGreaterThan(40);
});
