// The attack: a link to the real login page, which sends the victim to a page of the attacker's once
// the login is done, to ask for the password "again".
import { describe, expect, it } from 'vitest';
import { safeReturn } from '../../src/login/server/addresses.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const own = 'https://soar.example.com';
const allowed = ['https://wiki.example.com'];

describe('an address that leads elsewhere', () => {
  it.each([
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '\\\\evil.example/',
    'https:\\\\evil.example',
    ' https://evil.example',
    '\thttps://evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'blob:https://soar.example.com/x',
    'https://soar.example.com@evil.example/',
    'https://soar.example.com:pw@evil.example/',
    'https://user@soar.example.com/',
    'https://soar.example.com.evil.example/',
    'https://evil.example/https://soar.example.com',
    'http://soar.example.com/',
    'https://soar.example.com:8443/',
    'https://sub.wiki.example.com/',
    'http://wiki.example.com/',
    `/${'a'.repeat(5_000)}`,
    '/\u0000',
    'ftp://soar.example.com/',
    'https://',
  ])('%j becomes the start page', (wanted) => {
    const target = safeReturn(wanted, own, allowed);
    const reached = new URL(target, own);
    expect([own, ...allowed]).toContain(reached.origin);
    expect(target).toBe('/');
  });
});

describe('an address of ours', () => {
  it.each([
    ['/incidents?q=1#top', '/incidents?q=1#top'],
    ['https://soar.example.com/x', '/x'],
    ['https://wiki.example.com/page', 'https://wiki.example.com/page'],
    ['//soar.example.com/x', '/x'],
    ['https://soar.example.com//evil.example/', '/evil.example/'],
    ['relative', '/relative'],
    // Without slashes it is a path of the same origin, for browsers too.
    ['https:evil.example', '/evil.example'],
  ])('%j is kept as %j', (wanted, target) => {
    expect(safeReturn(wanted, own, allowed)).toBe(target);
  });
});

describe('at the door', () => {
  const simulator = simulatorForFile();

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'neither the address nor the form takes %s along',
    async (wanted) => {
      const gateway = await startGateway({ simulator: simulator() });
      const browser = new CookieBrowser(gateway.origin);
      await browser.get(`/auth/login?rd=${encodeURIComponent(wanted)}`);
      expect(browser.hidden()['return_to']).toBe('/');
      const sent = { username: 'bob', password: 'bob-password', return_to: wanted };
      await browser.post('/auth/login', sent, { follow: false });
      const page = await browser.get('/auth/login', { follow: false });
      expect(page.headers['location']).toBe('/');
    },
  );
});
