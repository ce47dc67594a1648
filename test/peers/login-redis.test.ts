import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisStore } from '../../src/login/store/redis-store.ts';
import type { Store } from '../../src/login/store/store.ts';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { startGateway, writeUsers } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { describeStore } from '../login/store/store-contract.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { describePeer, missingFile } from './peer.ts';

const program = '/usr/bin/redis-server';

describePeer('Redis', missingFile(program), () => {
  const simulator = simulatorForFile();
  let redis: ChildServer;
  let folder: string;
  let url: string;
  let store: Store;

  const startRedis = async (port: number) =>
    startChild(
      program,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
      port,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-redis-'));
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    redis = await startRedis(port);
    store = await createRedisStore({ url, prefix: 'test:' });
  });
  afterAll(async () => {
    await store?.close();
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describeStore('Redis', () => store);

  const shared = { session: '{ redis_url: { env: REDIS } }' };
  const env = () => ({ REDIS: url });

  const moveTo = (origin: string, browser: CookieBrowser): CookieBrowser => {
    const moved = new CookieBrowser(origin);
    for (const [name, value] of browser.cookies) {
      moved.cookies.set(name, value);
    }
    return moved;
  };

  it('shares a session and its end between two gateways', async () => {
    const options = { simulator: simulator(), settings: shared, env: env() };
    const [one, other] = [await startGateway(options), await startGateway(options)];
    const browser = new CookieBrowser(one.origin);
    await browser.signIn('bob');
    const moved = moveTo(other.origin, browser);
    expect((await moved.get('/auth/verify')).status).toBe(200);
    await moved.get('/auth/logout');
    await moved.post('/auth/logout');
    expect((await browser.get('/auth/verify')).status).toBe(401);
  });

  it('has a hundred codes at two gateways count for one login', async () => {
    const options = { simulator: simulator(), settings: shared, env: env() };
    const [one, other] = [await startGateway(options), await startGateway(options)];
    const browser = new CookieBrowser(one.origin);
    await browser.signIn('grace');
    const { _csrf = '' } = browser.hidden();
    const origins = Array.from({ length: 100 }, (_, index) => (index % 2 ? one : other).origin);
    await Promise.all(
      origins.map((origin, index) =>
        moveTo(origin, browser).post('/auth/passcode', { _csrf, passcode: `${200_000 + index}` }),
      ),
    );
    const asked = simulator()
      .control.log()
      .filter(({ path }) => path.endsWith('/auth'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(8);
    await browser.get('/auth/login');
    expect(browser.text).toContain('You cannot be signed in');
  });

  it('keeps no one’s cookie, password or held cookie readable', async () => {
    const gateway = await startGateway({ simulator: simulator(), settings: shared, env: env() });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('bob');
    const all = await createRedisStore({ url });
    const keys = await all.keys('');
    const texts = await Promise.all(keys.map((key) => all.get(key)));
    const kept = JSON.stringify([keys, texts]);
    await all.close();
    expect(kept).toContain('"bob');
    expect(kept).not.toContain(browser.cookies.get(sessionCookie));
    expect(kept).not.toContain('bob-password');
  });

  describe('with a gateway that is killed in the middle of a push', () => {
    it('the other one finishes it', async () => {
      const port = await freePort();
      const config = join(folder, 'login.yml');
      const { hostname, ikey, skey, caFile } = simulator();
      writeUsers(join(folder, 'users'), ['grace']);
      writeFileSync(join(folder, 'skey'), skey);
      writeFileSync(join(folder, 'redis'), url);
      writeFileSync(
        config,
        `listen: ${port}
public_url: http://localhost:${port}
duo: { hostname: '${hostname}', ikey: ${ikey}, skey: { file: skey }, ca_file: '${caFile}' }
first_factor: { type: htpasswd, file: users }
session: { redis_url: { file: redis } }
safe_accounts: [admin]
`,
      );
      const script = ['scripts/run.js', 'test/peers/gateway-process.ts', config];
      const doomed = await startChild(process.execPath, script, port);
      const survivor = await startGateway({ simulator: simulator(), settings: shared, env: env() });

      const browser = new CookieBrowser(`http://localhost:${port}`);
      await browser.signIn('grace');
      await browser.post('/auth/factor', { factor: 'push' });
      await browser.until(({ text }) => text.includes('The request is on your phone'));
      await doomed.stop('SIGKILL');

      const moved = moveTo(survivor.origin, browser);
      await moved.get('/auth/login');
      expect(moved.text).toContain('The request is on your phone');
      const [push] = simulator().control.pending();
      simulator().control.answer(push?.txid ?? '', 'approve');
      await moved.until(({ cookies }) => cookies.has(sessionCookie));
      await moved.get('/auth/verify');
      expect(moved.page.headers['remote-user']).toBe('grace');
      expect(
        simulator()
          .control.log()
          .filter(({ path }) => path.endsWith('/auth')),
      ).toHaveLength(1);
    });
  });

  it('that is away lets no one in, and is said not to be ready', async () => {
    const port = await freePort();
    const second = await startRedis(port);
    const away = { REDIS: `redis://127.0.0.1:${port}` };
    const gateway = await startGateway({
      simulator: simulator(),
      settings: shared,
      env: away,
      mayLogErrors: true,
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('bob');
    expect((await browser.get('/readyz')).status).toBe(200);
    await second.stop();
    expect((await browser.get('/auth/verify')).status).toBe(500);
    expect((await browser.get('/readyz')).status).toBe(503);
    expect((await browser.get('/healthz')).status).toBe(200);
  });
});
