import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSessionAdmin } from '../../src/login/index.ts';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { startGateway, type TestGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

const authCalls = () =>
  simulator()
    .control.log()
    .filter(({ path }) => path.endsWith('/auth'));

const signedIn = async (gateway: TestGateway, username: string): Promise<CookieBrowser> => {
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn(username);
  return browser;
};

const answerPending = (answer: 'approve' | 'deny' | 'fraud') => {
  const [push] = simulator().control.pending();
  simulator().control.answer(push?.txid ?? '', answer);
};

const pushFrom = async (gateway: TestGateway): Promise<CookieBrowser> => {
  const browser = await signedIn(gateway, 'grace');
  await browser.post('/auth/factor', { factor: 'push' });
  return browser;
};

describe('pushes', () => {
  it('of twenty logins at once are one', async () => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { limits: '{ failures_per_user: 100 }' },
    });
    const browsers = await Promise.all(
      Array.from({ length: 20 }, () => signedIn(gateway, 'grace')),
    );
    await Promise.all(browsers.map((browser) => browser.post('/auth/factor', { factor: 'push' })));
    expect(authCalls()).toHaveLength(1);
    const texts = browsers.map(({ text }) => text);
    expect(texts.filter((text) => text.includes('is waiting on your phone already'))).toHaveLength(
      19,
    );
  });

  it('that are not approved come to an end, and codes still let in', async () => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { limits: '{ unapproved_per_user: 3 }' },
    });
    for (let time = 0; time < 3; time += 1) {
      const browser = await pushFrom(gateway);
      await browser.until(() => simulator().control.pending().length === 1);
      answerPending('deny');
      await browser.until(({ text }) => text.includes('The request was denied'));
    }
    const browser = await pushFrom(gateway);
    expect(browser.text).toContain('Too many requests were sent to you');
    expect(authCalls()).toHaveLength(3);
    expect(gateway.audit()).toContainEqual(
      expect.objectContaining({ reason: 'too-many', alarm: 'too-many', user: 'grace' }),
    );
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    // The code has proven that grace is there.
    await pushFrom(gateway);
    expect(simulator().control.pending()).toHaveLength(1);
  });

  it('stop after fraud, also of a push that was cancelled, until --unlock', async () => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { control_socket: 'control.sock' },
    });
    const first = await pushFrom(gateway);
    await first.until(() => simulator().control.pending().length === 1);
    await first.post('/auth/cancel');
    answerPending('fraud');
    await expect.poll(() => gateway.audit().some(({ result }) => result === 'fraud')).toBe(true);
    const second = await pushFrom(gateway);
    expect(second.text).toContain('After a report of fraud nothing more is sent');
    expect(authCalls()).toHaveLength(1);

    const admin = await openSessionAdmin({
      ...gateway.settings,
      controlSocket: join(gateway.folder, 'control.sock'),
    });
    expect(await admin.unlock('grace')).toBe(1);
    expect(gateway.audit().at(-1)).toMatchObject({
      event: 'unlocked',
      result: 'ok',
      user: 'grace',
    });
    await second.post('/auth/factor', { factor: 'push' });
    expect(authCalls()).toHaveLength(2);
  });
});

describe('codes', () => {
  it('of many logins at once are no more than the budget of the user', async () => {
    const gateway = await startGateway({ simulator: simulator() });
    const browsers = await Promise.all(
      Array.from({ length: 14 }, () => signedIn(gateway, 'grace')),
    );
    await Promise.all(
      browsers.flatMap((browser, login) =>
        Array.from({ length: 7 }, (_, index) =>
          browser.post('/auth/passcode', { passcode: String(200_000 + login * 10 + index) }),
        ),
      ),
    );
    expect(authCalls()).toHaveLength(10);
  });
});

describe('the failmode safe', () => {
  it('lets in no more than its limit, with an alarm each', async () => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { failmode: 'safe', limits: '{ failmode_logins: 2 }' },
    });
    simulator().control.setFaults([{ kind: 'html', status: 503 }]);
    const entered = [];
    for (const username of ['alice', 'grace', 'vera']) {
      const browser = await signedIn(gateway, username);
      entered.push(browser.cookies.has(sessionCookie));
    }
    expect(entered).toEqual([true, true, false]);
    expect(gateway.audit().filter(({ alarm }) => alarm === 'failmode')).toHaveLength(2);
    expect(gateway.audit().filter(({ alarm }) => alarm === 'failmode-limit')).toHaveLength(1);
  });

  it.each([
    ['asks to come back later', { kind: 'error', code: 42901 } as const],
    ['is not trusted', undefined],
  ])(
    'lets no one in when Duo %s',
    async (_what, fault) => {
      const { hostname, ikey } = simulator();
      const gateway = await startGateway({
        simulator: simulator(),
        settings: {
          failmode: 'safe',
          ...(fault === undefined && {
            duo: `{ hostname: '${hostname}', ikey: ${ikey}, skey: { env: DUO_SKEY }, timeout_seconds: 1 }`,
          }),
        },
      });
      if (fault !== undefined) {
        simulator().control.setFaults([fault]);
      }
      const browser = await signedIn(gateway, 'alice');
      expect(browser.text).toContain('You cannot be signed in');
      expect(gateway.audit().some(({ result }) => result === 'failmode')).toBe(false);
    },
    30_000,
  );
});
