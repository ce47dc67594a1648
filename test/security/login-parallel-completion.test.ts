// The attack: a hundred requests race for the end of one login, or a hundred codes for one guess, in
// the hope that checks and their consequences come apart.
import { expect, it } from 'vitest';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

it('a hundred racers get one session', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  await browser.post('/auth/factor', { factor: 'push' });
  const [push] = simulator().control.pending();
  simulator().control.answer(push?.txid ?? '', 'approve');
  await expect
    .poll(() => gateway.audit().some(({ result }) => result === 'granted'), { timeout: 5_000 })
    .toBe(true);
  const headers = { cookie: browser.cookieHeader, accept: 'text/html' };
  const racers = Array.from({ length: 100 }, () =>
    rawRequest(gateway.origin, '/auth/login', { headers }),
  );
  const replies = await Promise.all(racers);
  const sessions = replies.filter(({ headers: given }) =>
    String(given['set-cookie'] ?? '').includes(sessionCookie),
  );
  expect(sessions).toHaveLength(1);
});

it('a hundred codes at once are no more than the attempts of one login', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  const { _csrf = '' } = browser.hidden();
  const guesses = Array.from({ length: 100 }, (_, index) =>
    rawRequest(gateway.origin, '/auth/passcode', {
      method: 'POST',
      headers: {
        cookie: browser.cookieHeader,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ _csrf, passcode: String(200_000 + index) }).toString(),
    }),
  );
  await Promise.all(guesses);
  const asked = simulator()
    .control.log()
    .filter(({ path }) => path.endsWith('/auth'));
  expect(asked.length).toBeLessThanOrEqual(8);
  await browser.get('/auth/login');
  expect(browser.text).toContain('You cannot be signed in');
});
