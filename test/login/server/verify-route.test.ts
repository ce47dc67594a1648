import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CookieBrowser, passwordOf } from '../../../testing/cookie-browser.ts';
import { rawRequest } from '../../../testing/raw-request.ts';
import { startGateway } from '../../../testing/running-gateway.ts';
import { simulatorForFile } from '../../../testing/simulator-for-file.ts';
import { startXsoar, type XsoarStandIn } from '../xsoar-stand-in.ts';

const simulator = simulatorForFile();
const trusted = { trusted_proxies: '[127.0.0.1]' };

const signedIn = async (settings: Record<string, string> = trusted) => {
  const gateway = await startGateway({ simulator: simulator(), settings });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('bob');
  return { gateway, browser, cookie: browser.cookieHeader };
};

describe('/auth/verify', () => {
  it('names the user, to HEAD as to GET', async () => {
    const { gateway, cookie } = await signedIn();
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await rawRequest(gateway.origin, '/auth/verify', {
        method,
        headers: { cookie },
      });
      expect([method, status, headers['remote-user']]).toEqual([method, 200, 'bob']);
    }
  });

  it('answers 401 without a session, to HEAD as to GET', async () => {
    const { gateway } = await signedIn();
    for (const method of ['GET', 'HEAD']) {
      expect((await rawRequest(gateway.origin, '/auth/verify', { method })).status).toBe(401);
    }
  });
});

describe('/auth/end-session', () => {
  const end = async (given: Record<string, string>, settings?: Record<string, string>) => {
    const { gateway, cookie } = await signedIn(settings);
    const headers = { cookie, 'x-forwarded-method': 'POST', ...given };
    const { status } = await rawRequest(gateway.origin, '/auth/end-session', { headers });
    const after = await rawRequest(gateway.origin, '/auth/verify', { headers: { cookie } });
    return { status, isSignedIn: after.status === 200, gateway };
  };

  it('ends the session when the application is asked to sign out', async () => {
    const { gateway, ...ended } = await end({});
    expect(ended).toEqual({ status: 200, isSignedIn: false });
    expect(gateway.audit().at(-1)).toMatchObject({ event: 'sign-out', user: 'bob' });
  });

  it.each([
    ['a link', { 'x-forwarded-method': 'GET' }],
    ['a form of another page', { origin: 'https://evil.example' }],
    ['a script of another page', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a neighbor', { 'sec-fetch-site': 'same-site' }],
  ])('ends nothing for %s', async (_name, headers) => {
    const { gateway: _gateway, ...ended } = await end(headers);
    expect(ended).toEqual({ status: 403, isSignedIn: true });
  });

  it('ends nothing for a client that is no trusted proxy', async () => {
    const { gateway: _gateway, ...ended } = await end({}, {});
    expect(ended).toEqual({ status: 403, isSignedIn: true });
  });

  it('answers 401 without a session', async () => {
    const { status } = await end({ cookie: '' });
    expect(status).toBe(401);
  });
});

describe('/auth/verify/api-key', () => {
  let xsoar: XsoarStandIn;
  beforeEach(async () => {
    xsoar = await startXsoar({ bob: passwordOf('bob') });
  });
  afterEach(() => xsoar.close());

  const start = async (url = xsoar.url) => {
    let nowMs = Date.now();
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { ...trusted, api_keys: `{ url: '${url}', timeout_seconds: 2 }` },
      now: () => nowMs,
    });
    const ask = async (authorization?: string, from = '192.0.2.1') =>
      rawRequest(gateway.origin, '/auth/verify/api-key', {
        headers: {
          'x-forwarded-for': from,
          ...(authorization !== undefined && { authorization }),
        },
      });
    const pass = (ms: number): void => {
      nowMs += ms;
    };
    return { gateway, ask, pass };
  };

  it("lets a key of the server's pass, and asks again after a minute", async () => {
    const { ask, pass } = await start();
    const first = await ask(xsoar.apiKey);
    expect([first.status, first.headers['remote-user']]).toEqual([200, 'robot']);
    expect((await ask(xsoar.apiKey)).status).toBe(200);
    expect(xsoar.seen).toEqual(['GET /user']);
    pass(61_000);
    expect((await ask(xsoar.apiKey)).status).toBe(200);
    expect(xsoar.seen).toEqual(['GET /user', 'GET /user']);
  });

  it('asks once for a hundred calls at once', async () => {
    const { ask } = await start();
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(xsoar.apiKey)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(xsoar.seen).toEqual(['GET /user']);
  });

  it.each([
    ['none', undefined],
    ['a wrong one', 'a-key-of-nobody'],
    ['two in one header', 'stand-in-api-key,stand-in-api-key'],
    ['one too short to be one', 'x'],
    ['a password', 'Basic Ym9iOmJvYi1wYXNzd29yZA=='],
  ])('refuses %s', async (_name, key) => {
    const { ask } = await start();
    expect((await ask(key)).status).toBe(401);
  });

  it('stops asking for an address that guesses, and goes on with keys it knows', async () => {
    const { ask, gateway } = await start();
    await ask(xsoar.apiKey);
    for (let guess = 0; guess < 40; guess += 1) {
      expect((await ask(`guess-number-${guess}`)).status).toBe(401);
    }
    expect(xsoar.seen).toHaveLength(31);
    expect((await ask(xsoar.apiKey)).status).toBe(200);
    const refused = gateway.audit().filter(({ event }) => event === 'api-key');
    expect(refused).toHaveLength(1);
    expect(JSON.stringify(gateway.audit())).not.toContain('guess-number');
  });

  it('answers 503 when the server does not say', async () => {
    const { ask, gateway } = await start('http://127.0.0.1:1');
    expect((await ask('some-key-or-other')).status).toBe(503);
    expect(gateway.audit().at(-1)).toMatchObject({ event: 'api-key', result: 'unavailable' });
    expect(JSON.stringify(gateway.audit())).not.toContain('some-key-or-other');
  });

  it('takes a page with status 200 for no confirmation', async () => {
    xsoar.sorryPage = true;
    const { ask } = await start();
    expect((await ask(xsoar.apiKey)).status).toBe(503);
  });

  it('refuses every key without the setting', async () => {
    const { gateway } = await signedIn();
    const headers = { authorization: xsoar.apiKey };
    const { status } = await rawRequest(gateway.origin, '/auth/verify/api-key', { headers });
    expect(status).toBe(401);
  });
});
