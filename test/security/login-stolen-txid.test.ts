// The attack: somebody knows a victim's password and has a Duo account of their own. They start a push
// to their own phone, approve it, and present that transaction in the victim's login. Or Duo, or a
// proxy before it, names one transaction twice.
import { expect, it } from 'vitest';
import { createChallenges } from '../../src/login/engine/challenges.ts';
import { next } from '../../src/login/flow/next.ts';
import { createMemoryStore } from '../../src/login/store/store.ts';
import { CookieBrowser, challengeCookie, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { states } from '../login/flow/samples.ts';

const simulator = simulatorForFile();

it('a transaction never leaves the server, so that none can be presented', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  await browser.post('/auth/factor', { factor: 'push' });
  const [push] = simulator().control.pending();
  expect(push?.txid).toBeDefined();
  const shown = JSON.stringify([browser.page, [...browser.cookies], gateway.audit()]);
  expect(shown).not.toContain(push?.txid);
});

it.each(['txid', 'transaction', 'user', 'username', 'result', 'state'])(
  'a field %s in a form decides nothing',
  async (name) => {
    const gateway = await startGateway({ simulator: simulator() });
    const attacker = new CookieBrowser(gateway.origin);
    await attacker.signIn('alice');
    await attacker.post('/auth/factor', { factor: 'push' });
    await attacker.until(({ cookies }) => cookies.has(sessionCookie));
    const approved = simulator()
      .control.log()
      .find(({ path }) => path.endsWith('/auth_status'));
    expect(approved).toBeDefined();

    const victim = new CookieBrowser(gateway.origin);
    await victim.signIn('grace');
    await victim.post('/auth/factor', { factor: 'push', [name]: 'alice' });
    await victim.get(`/auth/login?${name}=alice`);
    expect(victim.cookies.has(sessionCookie)).toBe(false);
    expect(victim.text).toContain('Second step for grace');
  },
);

it('an approval of another transaction does not count', () => {
  const approval = {
    kind: 'answered',
    txid: 'tx-of-the-attacker',
    answer: { result: 'allow', status: 'allow' },
  } as const;
  for (const state of [states.waiting, states.racing, states.choosing, states.verifying]) {
    expect(next(state, approval).state).toBe(state);
  }
});

it('a transaction that is named twice belongs to the login that had it first', async () => {
  const store = createMemoryStore();
  const challenges = createChallenges(store, { lifetimeMs: 60_000, now: Date.now });
  const open = () =>
    challenges.open({
      state: states.waiting,
      returnTo: '/',
      remember: false,
      address: '192.0.2.1',
    });
  const [first, second] = [await open(), await open()];
  const claims = await Promise.all([
    challenges.claim('tx', first),
    challenges.claim('tx', second),
    challenges.claim('tx', first),
  ]);
  expect(claims).toEqual([true, false, false]);
  await store.close();
});

it("another user's challenge cookie is another login, not a way into it", async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const victim = new CookieBrowser(gateway.origin);
  await victim.signIn('grace');
  const attacker = new CookieBrowser(gateway.origin);
  await attacker.signIn('alice');
  const own = attacker.cookies.get(challengeCookie);
  expect(own).not.toBe(victim.cookies.get(challengeCookie));
  await attacker.post('/auth/factor', { factor: 'push' });
  await attacker.until(({ cookies }) => cookies.has(sessionCookie));
  await attacker.get('/auth/verify');
  expect(attacker.page.headers['remote-user']).toBe('alice');
});
