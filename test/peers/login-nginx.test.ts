import { afterEach, expect, it } from 'vitest';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { nginxProgram, startNginxFront } from '../../testing/nginx-front.ts';
import { describePeer, missingFile } from '../../testing/peer.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { startXsoar, type XsoarStandIn } from '../../testing/xsoar-stand-in.ts';

describePeer('nginx with auth_request', missingFile(nginxProgram), () => {
  const simulator = simulatorForFile();
  let nginx: Awaited<ReturnType<typeof startNginxFront>>;
  let application: XsoarStandIn;
  afterEach(async () => {
    await nginx?.close();
    await application?.close();
  });

  const start = async () => {
    application = await startXsoar({});
    const ports = {
      nginx: await freePort(),
      gateway: await freePort(),
      application: Number(new URL(application.url).port),
    };
    const origin = `http://localhost:${ports.nginx}`;
    const gateway = await startGateway({
      simulator: simulator(),
      port: ports.gateway,
      settings: { public_url: origin, trusted_proxies: '[127.0.0.1]' },
    });
    nginx = await startNginxFront(ports);
    return { gateway, browser: new CookieBrowser(origin) };
  };

  it('lets nothing through before the login, and back to the page after it', async () => {
    const { browser, gateway } = await start();
    await browser.get('/incidents?q=1&sort=2');
    expect(new URL(browser.page.url).pathname).toBe('/auth/login');
    expect(application.seen).toEqual([]);
    await browser.post('/auth/login', { username: 'grace', password: 'grace-password' });
    await browser.post('/auth/passcode', { passcode: '100000007' });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    expect(application.seen).toEqual(['GET /incidents?q=1&sort=2']);
    expect(application.lastHeaders()['x-user']).toBe('grace');
    expect(gateway.audit()[0]).toMatchObject({ address: '127.0.0.1' });
  });

  it('takes no user from the browser, and shows the check to nobody', async () => {
    const { browser } = await start();
    await browser.signIn('bob');
    await browser.get('/x', { headers: { 'x-user': 'admin', 'remote-user': 'admin' } });
    expect(application.lastHeaders()['x-user']).toBe('bob');
    expect((await browser.get('/auth/verify')).status).toBe(404);
  });

  it('answers calls of scripts with 401', async () => {
    const { browser } = await start();
    const page = await browser.get('/api', { headers: { accept: 'application/json' } });
    expect(page.status).toBe(401);
    expect(application.seen).toEqual([]);
  });
});
