import { describe, expect, it } from 'vitest';
import { createRememberedDevices, createSessionCookie } from '../../../src/login/server/cookies.ts';

describe('the cookie of a session', () => {
  it('belongs to one host, unless a domain is set', () => {
    const host = createSessionCookie();
    expect(host.name).toMatch(/^__Host-/);
    expect(host.options).not.toHaveProperty('domain');
    const domain = createSessionCookie('example.com');
    expect(domain.name).toMatch(/^__Secure-/);
    expect(domain.options).toMatchObject({ domain: 'example.com', secure: true, httpOnly: true });
    expect(domain.read(`${host.name}=a; ${domain.name}=b`)).toBe('b');
  });
});

describe('a remembered device', () => {
  const devices = createRememberedDevices('k'.repeat(32));
  const sealed = devices.seal('grace', 'token-of-duo');

  it('is remembered for its user, and shows nothing', () => {
    expect(devices.open(sealed, 'grace')).toBe('token-of-duo');
    expect(sealed).not.toContain('token-of-duo');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('token-of-duo');
  });

  it.each([
    ['another user', sealed, 'bob'],
    ['a changed cookie', `A${sealed.slice(1)}`, 'grace'],
    ['a cut cookie', sealed.slice(0, 20), 'grace'],
    ['text', 'token-of-duo', 'grace'],
    ['no cookie', undefined, 'grace'],
  ])('is not for %s', (_what, cookie, username) => {
    expect(devices.open(cookie, username)).toBeUndefined();
  });

  it('is not for a gateway with another key', () => {
    expect(createRememberedDevices('x'.repeat(32)).open(sealed, 'grace')).toBeUndefined();
  });
});
