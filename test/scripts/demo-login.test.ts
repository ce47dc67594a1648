import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';

it('npm run demo:login needs nothing but Node: an application with the gateway inside, and a simulator', async () => {
  const port = await freePort();
  const demo = spawn(process.execPath, ['scripts/run.js', 'scripts/demo-login.ts'], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  demo.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 30_000 }).toContain(`http://localhost:${port}`);
  const browser = new CookieBrowser(`http://localhost:${port}`);
  await browser.get('/reports');
  expect(new URL(browser.page.url).pathname).toBe('/auth/login');
  const password = /password {2}(.+)/.exec(output)?.[1] ?? '';
  await browser.post('/auth/login', { username: 'alice', password });
  await browser.post('/auth/factor', { factor: 'push' });
  await browser.until(({ page }) => page.body.includes('Hello alice'));
  expect(output).toContain('"result":"granted"');
  demo.kill('SIGTERM');
  const [code] = await once(demo, 'exit');
  expect(code).toBe(0);
}, 60_000);
