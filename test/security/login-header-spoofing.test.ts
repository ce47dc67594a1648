// The attack: headers that only the gateway or a proxy before it may set are sent by the browser: to be
// somebody else to the application behind, to come from another address, to pass the header login.
import { describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { startXsoar } from '../../testing/xsoar-stand-in.ts';

const simulator = simulatorForFile();

describe('through the proxy', () => {
  it.each([
    'Remote-User',
    'remote_user',
    'X-User',
    'x_user',
    'X-Forwarded-User',
    'X-Remote-User',
    'Remote-Groups',
    'X-WebAuth-User',
  ])('%s of a browser does not reach the application', async (name) => {
    const upstream = await startXsoar({});
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { mode: 'proxy', proxy: `{ upstream: '${upstream.url}', user_header: X-User }` },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('bob');
    await browser.get('/x', { headers: { [name]: 'admin' } });
    const headers = upstream.lastHeaders();
    expect(headers['x-user']).toBe('bob');
    expect(JSON.stringify(headers)).not.toContain('admin');
    await upstream.close();
  });

  it('addresses that a browser makes up do not reach it either, nor the audit log', async () => {
    const upstream = await startXsoar({});
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { mode: 'proxy', proxy: `{ upstream: '${upstream.url}' }` },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('bob');
    const made = {
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
    };
    await browser.get('/x', { headers: made });
    expect(JSON.stringify(upstream.lastHeaders())).not.toContain('203.0.113.9');
    expect(upstream.lastHeaders()['x-forwarded-for']).toBe('127.0.0.1');
    await upstream.close();
  });

  it('a Connection header takes nothing of the gateway away', async () => {
    const upstream = await startXsoar({});
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { mode: 'proxy', proxy: `{ upstream: '${upstream.url}', user_header: X-User }` },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('bob');
    await browser.get('/x', { headers: { connection: 'close, X-User, Cookie' } });
    expect(upstream.lastHeaders()['x-user']).toBe('bob');
    await upstream.close();
  });
});

describe('an address in X-Forwarded-For', () => {
  const addressOf = async (settings: Record<string, string>) => {
    const gateway = await startGateway({ simulator: simulator(), settings });
    const browser = new CookieBrowser(gateway.origin);
    await browser.get('/auth/login');
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    await browser.post('/auth/login', { username: 'bob', password: 'bob-password' }, { headers });
    return gateway.audit()[0]?.['address'];
  };

  it('counts for nothing from whom is not trusted', async () => {
    expect(await addressOf({})).toBe('127.0.0.1');
  });

  it('counts from a trusted proxy, as far as trust goes', async () => {
    expect(await addressOf({ trusted_proxies: '[127.0.0.0/8]' })).toBe('198.51.100.7');
  });
});

describe('the header of the first factor', () => {
  const open = async (settings: Record<string, string>, headers: Record<string, string>) => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings,
      env: { PROXY: 's3cret' },
    });
    const browser = new CookieBrowser(gateway.origin);
    await browser.get('/auth/login', { headers });
    await browser.post('/auth/login', {}, { headers });
    await browser.get('/auth/login', { headers });
    return browser.text;
  };
  const first = '{ type: header, user_header: Remote-User }';
  const withSecret = '{ type: header, secret_header: X-Proxy, secret: { env: PROXY } }';

  it('is believed from a trusted proxy', async () => {
    const settings = { first_factor: first, trusted_proxies: '[127.0.0.1]' };
    expect(await open(settings, { 'remote-user': 'grace' })).toContain('Second step for grace');
  });

  it('is not believed from others', async () => {
    const settings = { first_factor: first, trusted_proxies: '[192.0.2.1]' };
    expect(await open(settings, { 'remote-user': 'grace' })).toContain('User name');
  });

  it.each(['', 'wrong', 's3cret,s3cret'])('is not believed with the secret %j', async (secret) => {
    const settings = { first_factor: withSecret, trusted_proxies: '[127.0.0.1]' };
    const headers = { 'remote-user': 'grace', 'x-proxy': secret };
    expect(await open(settings, headers)).toContain('User name');
  });

  it('is believed with the right secret', async () => {
    const settings = { first_factor: withSecret, trusted_proxies: '[127.0.0.1]' };
    const headers = { 'remote-user': 'grace', 'x-proxy': 's3cret' };
    expect(await open(settings, headers)).toContain('Second step for grace');
  });

  it('naming two users names nobody', async () => {
    const settings = { first_factor: first, trusted_proxies: '[127.0.0.1]' };
    expect(await open(settings, { 'remote-user': 'grace, admin' })).toContain('User name');
  });
});
