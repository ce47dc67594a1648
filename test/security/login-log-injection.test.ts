// The attack: a user name that writes lines of its own into the audit log, hides what it is, or moves
// the cursor of anyone who reads it.
import { describe, expect, it } from 'vitest';
import { createAuditLog } from '../../src/login/watch/audit-log.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const nasty = [
  'bob\n{"event":"second-factor","result":"granted","user":"admin"}',
  'bob\r\nSet-Cookie: x=y',
  'bob\u001b[2J\u001b[31mroot',
  'bob\u2028{"x":1}',
  'bob\u202ednim',
  'bob\u0000',
  'bob","user":"admin',
  'b'.repeat(10_000),
];

describe('the audit log', () => {
  it.each(nasty)('keeps %j one harmless line', (user) => {
    const lines: string[] = [];
    const audit = createAuditLog(
      (line) => lines.push(line),
      () => 0,
    );
    audit({ event: 'first-factor', result: 'failed', user, address: '192.0.2.1', reason: user });
    const [text = ''] = lines;
    expect(text.endsWith('\n')).toBe(true);
    expect(text.split('\n')).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(text.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    expect(text.length).toBeLessThan(1_000);
    const entry = JSON.parse(text);
    expect(Object.keys(entry)).toEqual(['time', 'event', 'result', 'user', 'address', 'reason']);
    expect(entry).toMatchObject({ event: 'first-factor', result: 'failed', address: '192.0.2.1' });
  });
});

describe('at the door', () => {
  const simulator = simulatorForFile();

  it.each(nasty)('%j is one line of a failed login', async (username) => {
    const gateway = await startGateway({ simulator: simulator() });
    const browser = new CookieBrowser(gateway.origin);
    await browser.get('/auth/login');
    await browser.post('/auth/login', { username, password: 'x' });
    expect(gateway.audit()).toHaveLength(1);
    expect(gateway.audit()[0]).toMatchObject({ event: 'first-factor', result: 'failed' });
  });

  it('neither passwords nor codes nor cookies are in it', async () => {
    const gateway = await startGateway({ simulator: simulator() });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('grace');
    await browser.post('/auth/passcode', { passcode: '314159' });
    await browser.post('/auth/passcode', { passcode: '100000007' });
    const text = JSON.stringify(gateway.audit());
    for (const secret of ['grace-password', '314159', '100000007', ...browser.cookies.values()]) {
      expect(text).not.toContain(secret);
    }
  });
});
