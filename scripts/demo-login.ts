// The login gateway, to try out: a small application with the gateway inside, and a Duo simulator.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { createLoginGateway, type LoginGateway, loadSettings } from '../src/login/index.ts';
import { startSimulator } from '../src/simulator/index.ts';

const password = 'correct horse';
const users = ['alice', 'grace'];

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** The application: the gateway is a part of it. */
const startApplication = async (gateway: LoginGateway, port: number) => {
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/auth/')) {
      gateway.handle(request, response);
      return;
    }
    const user = await gateway.verify(request);
    if (user === undefined) {
      response.writeHead(303, { Location: gateway.loginUrl(request.url) }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en"><title>A small application</title>
<h1>Hello ${escapeHtml(user.username)}</h1>
<p>This page is <code>${escapeHtml(request.url ?? '/')}</code> of a small application with the gateway inside.</p>
<p><a href="/reports?week=7">Another page</a> · <a href="/auth/logout">Sign out</a></p></html>`);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
};

/** The port that people know, or another when it is taken. */
const choosePort = (wanted: number): Promise<number> =>
  new Promise((resolve) => {
    const probe = createTcpServer();
    probe.once('error', () => resolve(choosePort(wanted + 1)));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });

const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-demo-'));
writeFileSync(
  join(folder, 'users'),
  users.map((name) => `${name}:${hashSync(password, 10)}\n`).join(''),
);
const port = await choosePort(Number(process.env['PORT'] ?? 8420));
const simulator = await startSimulator();
const settings = `
listen: ${port}
public_url: http://localhost:${port}
duo:
  hostname: '${simulator.hostname}'
  ikey: ${simulator.ikey}
  skey: { env: DUO_SKEY }
  ca_file: '${simulator.caFile}'
first_factor: { type: htpasswd, file: users }
no_safe_account: true
brand: { name: Example SOC }
`;
const gateway = await createLoginGateway(
  await loadSettings(settings, {
    folder,
    env: { DUO_SKEY: simulator.skey },
    readFile: () => '',
  }),
  { writeAudit: (line) => process.stdout.write(`  ${line}`), graceMs: 0, listen: false },
);
const application = await startApplication(gateway, port);

process.stdout.write(`
A small application with the login gateway inside, and a Duo simulator behind it. Nothing here is real but the code.

  1. Open        http://localhost:${port}
  2. Sign in     alice  or  grace,  both with the password  ${password}
  3. Confirm     alice's phone approves by itself; grace's waits for you:
     the phone   ${simulator.phoneUrl}
     (your browser will warn of its certificate, which was made a moment ago)

The audit stream follows. Ctrl-C ends it all.
`);

const stop = async (): Promise<void> => {
  await Promise.all([gateway.close(), simulator.close()]);
  application.close();
  application.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop());
}
