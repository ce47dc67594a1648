import { describe, expect, it } from 'vitest';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

describe('forward-auth', () => {
  const page = {
    accept: 'text/html',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'wiki.example.com',
  };
  const start = (settings = {}) =>
    startGateway({
      simulator: simulator(),
      settings: {
        trusted_proxies: '[127.0.0.1]',
        return_urls: "['https://wiki.example.com']",
        ...settings,
      },
    });
  const ask = async (path: string, headers: Record<string, string>, settings = {}) => {
    const gateway = await start(settings);
    const { status, headers: given } = await rawRequest(gateway.origin, path, { headers });
    return { status, location: given['location'], origin: gateway.origin };
  };

  it('answers 401 to nginx, whatever the browser wants', async () => {
    expect(await ask('/auth/verify', page)).toMatchObject({ status: 401, location: undefined });
  });

  it('sends a page view to the login of its host, and back', async () => {
    const headers = { ...page, 'x-forwarded-uri': '/a?b=c&d' };
    const { status, location } = await ask('/auth/verify?login=redirect', headers);
    expect(status).toBe(302);
    const back = encodeURIComponent('/a?b=c&d');
    expect(location).toBe(`https://wiki.example.com/auth/login?rd=${back}`);
  });

  it('sends no one to a host that is not allowed', async () => {
    const headers = { ...page, 'x-forwarded-host': 'evil.example' };
    const { location, origin } = await ask('/auth/verify?login=redirect', headers);
    expect(String(location).startsWith(`${origin}/auth/login?rd=%2F`)).toBe(true);
  });

  it('believes no host from whom is not trusted', async () => {
    const { location, origin } = await ask('/auth/verify?login=redirect', page, {
      trusted_proxies: '[192.0.2.1]',
    });
    expect(location).toBe(`${origin}/auth/login`);
  });

  it.each([
    ['scripts', { ...page, accept: 'application/json' }],
    ['forms', { ...page, 'x-forwarded-method': 'POST' }],
  ])('sends no %s anywhere', async (_what, headers) => {
    expect((await ask('/auth/verify?login=redirect', headers)).status).toBe(401);
  });
});

describe('operation', () => {
  it('says that it lives and that it can work', async () => {
    const gateway = await startGateway({ simulator: simulator() });
    expect(await rawRequest(gateway.origin, '/healthz')).toMatchObject({
      status: 200,
      body: 'ok\n',
    });
    expect(await rawRequest(gateway.origin, '/readyz')).toMatchObject({ status: 200 });
    expect((await rawRequest(gateway.origin, '/metrics')).status).toBe(404);
  });

  it('counts for Prometheus, by factor and result', async () => {
    const port = await freePort();
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { metrics_listen: String(port) },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('grace');
    await browser.post('/auth/passcode', { passcode: '100000007' });
    const { body } = await rawRequest(`http://127.0.0.1:${port}`, '/metrics');
    expect(body).toContain(
      'xsoar_duo_login_steps_total{event="second-factor",factor="passcode",result="granted"} 1',
    );
    expect(body).toMatch(/xsoar_duo_login_duo_seconds_count\{call="preauth",outcome="ok"\} 1/);
    expect(body).not.toContain('grace');
  });

  it('stops without deciding a login: what was approved in time still comes in', async () => {
    const gateway = await startGateway({ simulator: simulator(), graceMs: 5_000 });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('grace');
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(({ text }) => text.includes('The request is on your phone'));
    const closed = gateway.close();
    expect((await rawRequest(gateway.origin, '/readyz')).status).toBe(503);
    const [push] = simulator().control.pending();
    simulator().control.answer(push?.txid ?? '', 'approve');
    await closed;
    expect(gateway.audit().map(({ result }) => result)).toEqual(['passed', 'granted']);
  });

  it('stops without deciding a login that no one answers', async () => {
    const gateway = await startGateway({ simulator: simulator(), graceMs: 200 });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('grace');
    await browser.post('/auth/factor', { factor: 'push' });
    await browser.until(({ text }) => text.includes('The request is on your phone'));
    await gateway.close();
    expect(gateway.audit().map(({ result }) => result)).toEqual(['passed']);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });
});
