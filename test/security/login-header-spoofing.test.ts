// The attack: headers that only the gateway or a proxy before it may set are sent by the browser: to be
// somebody else to the application behind, to come from another address, to pass the header login.
import { describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

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

  it('naming two users names no one', async () => {
    const settings = { first_factor: first, trusted_proxies: '[127.0.0.1]' };
    expect(await open(settings, { 'remote-user': 'grace, admin' })).toContain('User name');
  });
});
