import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { createApplication } from '../../examples/fastify/application.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();
let app: FastifyInstance | undefined;
afterEach(() => app?.close());

const start = async (): Promise<CookieBrowser> => {
  const port = await freePort();
  app = await createApplication(
    await startGateway({ simulator: simulator(), port, listen: false }),
  );
  await app.listen({ port, host: '127.0.0.1' });
  return new CookieBrowser(`http://localhost:${port}`);
};

it('sends a browser without a session to the login', async () => {
  const browser = await start();
  await browser.get('/reports');
  expect(new URL(browser.page.url).pathname).toBe('/auth/login');
});

it('lets a user in once the second factor is given', async () => {
  const browser = await start();
  await browser.signIn('grace', '/reports');
  expect(browser.page.body).not.toContain('Hello');
  await browser.post('/auth/passcode', { passcode: '100000007' });
  expect(browser.page.body).toBe('Hello grace');
});
