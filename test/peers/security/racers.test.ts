// The attack: a hundred requests race for the end of one login, or a hundred codes for one guess, in
// the hope that checks and their consequences come apart.
import { describe, expect, it } from 'vitest';
import { sessionCookie } from '../../../testing/cookie-browser.ts';
import { type Door, doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const racers = 100;
const attemptsPerLogin = 8;

// The limit by address would end the race before it begins.
const unlimited = (yaml: string): string => `${yaml}\nlimits: { requests_per_minute: 10000 }\n`;

const race = (door: Door, requestOf: (racer: number) => string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: racers }, (_, racer) => door.send(requestOf(racer), { silentMs: 5_000 })),
  );

const authCalls = ({ simulator }: Door): number =>
  simulator.control.log().filter(({ path }) => path.endsWith('/auth')).length;

describePeer('racers', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'application', unlimited);
    const headOf = (method: string, path: string, cookies: string): string =>
      `${method} ${path} HTTP/1.1\r\nHost: ${new URL(door().origin).host}\r\nCookie: ${cookies}\r\n` +
      'Accept: text/html\r\nConnection: close\r\n';

    it('a hundred at the end of one login get one session', async () => {
      const browser = door().browser();
      await browser.signIn('grace');
      await browser.post('/auth/factor', { factor: 'push' });
      const { control } = door().simulator;
      await expect.poll(() => control.pending().length).toBe(1);
      control.answer(control.pending()[0]?.txid ?? '', 'approve');
      await expect
        .poll(
          () =>
            door()
              .audit()
              .some(({ result }) => result === 'granted'),
          { timeout: 5_000 },
        )
        .toBe(true);
      const answers = await race(
        door(),
        () => `${headOf('GET', '/auth/login', browser.cookieHeader)}\r\n`,
      );
      const sessions = answers.filter((answer) => answer.includes(`${sessionCookie}=`));
      expect(sessions).toHaveLength(1);
      expect(answers.every((answer) => /^HTTP\/1\.1 [23]/.test(answer))).toBe(true);
      expect(door().isAlive()).toBe(true);
    });

    it('a hundred codes at once are no more than the attempts of one login', async () => {
      const browser = door().browser();
      await browser.signIn('grace');
      const { _csrf = '' } = browser.hidden();
      const before = authCalls(door());
      await race(door(), (racer) => {
        const body = new URLSearchParams({ _csrf, passcode: String(200_000 + racer) }).toString();
        const head = headOf('POST', '/auth/passcode', browser.cookieHeader);
        return `${head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      });
      const asked = authCalls(door()) - before;
      expect(asked).toBeGreaterThan(0);
      expect(asked).toBeLessThanOrEqual(attemptsPerLogin);
      await browser.get('/auth/login');
      expect(browser.text).toContain('You cannot be signed in');
      expect(door().gatewayLog()).not.toContain('"level":50');
    });
  });
});
