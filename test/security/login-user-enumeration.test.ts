// The attack: find out which users exist, from what the login says or how long it takes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { hashSync } from '@node-rs/bcrypt';
import { expect, it } from 'vitest';
import { createHtpasswd } from '../../src/login/first-factor/htpasswd.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

// The page repeats the name that was typed.
const withoutToken = (body: string): string =>
  body.replace(/name="_csrf" value="[^"]*"/, '').replace(/value="[^"]*"|autofocus/g, '');

it('says the same of a user who exists and of one who does not, and of one who is locked', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    settings: { limits: '{ failures_per_user: 2 }' },
  });
  const answerTo = async (username: string) => {
    const browser = new CookieBrowser(gateway.origin);
    await browser.get('/auth/login');
    const { status, body } = await browser.post('/auth/login', { username, password: 'wrong' });
    return { status, body: withoutToken(body) };
  };
  const known = await answerTo('alice');
  expect(known.status).toBe(401);
  expect(await answerTo('no-such-user')).toEqual(known);
  expect(await answerTo('\u0000')).toEqual(known);
  await answerTo('alice');
  await answerTo('no-such-user');
  // From here on the budgets are spent, whatever the password, and whether or not there is such a user.
  const spent = await answerTo('alice');
  expect(spent.status).toBe(429);
  expect(await answerTo('no-such-user')).toEqual(spent);
  const browser = new CookieBrowser(gateway.origin);
  await browser.get('/auth/login');
  const right = await browser.post('/auth/login', {
    username: 'alice',
    password: 'alice-password',
  });
  expect({ status: right.status, body: withoutToken(right.body) }).toEqual(spent);
});

it('says the same for every reason that Duo has to refuse', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const texts = [];
  for (const username of ['carol', 'leo']) {
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn(username);
    texts.push(withoutToken(browser.page.body));
  }
  expect(texts[0]).toBe(texts[1]);
});

it('answers no wrong login sooner than the floor', async () => {
  const gateway = await startGateway({ simulator: simulator(), failureMs: 300 });
  for (const username of ['alice', 'no-such-user', '']) {
    const browser = new CookieBrowser(gateway.origin);
    await browser.get('/auth/login');
    const sinceMs = performance.now();
    await browser.post('/auth/login', { username, password: 'wrong' });
    // Timers may fire a hair early by this clock.
    expect(performance.now() - sinceMs).toBeGreaterThan(298);
  }
});

it('works as hard for a user who does not exist', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-timing-'));
  const file = join(folder, 'users');
  writeFileSync(file, `alice:${hashSync('right', 9)}\n`);
  const factor = await createHtpasswd(file);
  const time = async (username: string): Promise<number> => {
    const sinceMs = performance.now();
    await factor.verify({ username, password: 'wrong' });
    return performance.now() - sinceMs;
  };
  await time('alice');
  const pairs = [];
  for (let round = 0; round < 15; round += 1) {
    pairs.push([await time('alice'), await time('no-such-user')] as const);
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[7] ?? 0;
  const ratio = median(pairs.map(([known]) => known)) / median(pairs.map(([, unknown]) => unknown));
  rmSync(folder, { recursive: true });
  // Without the decoy hash the ratio is in the hundreds.
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
