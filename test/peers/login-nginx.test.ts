import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type ChildServer, startChild } from '../../testing/child-server.ts';
import { CookieBrowser, sessionCookie } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { describePeer, missingFile } from '../../testing/peer.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { startXsoar, type XsoarStandIn } from '../../testing/xsoar-stand-in.ts';

const program = '/usr/sbin/nginx';

// The example of the guide is what is tested: only addresses and TLS differ.
const configure = (ports: { nginx: number; gateway: number; application: number }): string => {
  const example = readFileSync('docs/login/nginx.conf', 'utf8')
    .replace('127.0.0.1:443 ssl', `127.0.0.1:${ports.nginx}`)
    .replace(/^\s*ssl_certificate.*$/gm, '')
    .replaceAll('127.0.0.1:8443', `127.0.0.1:${ports.gateway}`)
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${ports.application}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path tmp_${name};`)
    .join('\n');
  return `daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;
events {}
http { access_log off; ${temporary}
${example} }`;
};

describePeer('nginx with auth_request', missingFile(program), () => {
  const simulator = simulatorForFile();
  let nginx: ChildServer;
  let application: XsoarStandIn;
  let folder: string;
  afterEach(async () => {
    await nginx?.stop('SIGQUIT');
    await application?.close();
    rmSync(folder, { recursive: true, force: true });
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
    folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-nginx-'));
    writeFileSync(join(folder, 'nginx.conf'), configure(ports));
    nginx = await startChild(program, ['-p', folder, '-c', 'nginx.conf'], ports.nginx);
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
