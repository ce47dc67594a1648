// The login gateway, to try out: a Duo simulator, a small application, and the gateway.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { createLoginGateway, loadSettings } from '../src/login/index.ts';
import { startSimulator } from '../src/simulator/index.ts';

const password = 'correct horse';
const users = ['alice', 'grace'];

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** The application: before each page it asks the gateway, as a proxy in front of it would. */
const startApplication = async (gatewayUrl: string) => {
  const server = createServer(async (request, response) => {
    const { cookie = '', host } = request.headers;
    const check = await fetch(`${gatewayUrl}/auth/verify`, { headers: { cookie } });
    if (check.status !== 200) {
      const back = encodeURIComponent(`http://${host}${request.url}`);
      response.writeHead(303, { Location: `${gatewayUrl}/auth/login?rd=${back}` }).end();
      return;
    }
    const user = escapeHtml(decodeURIComponent(check.headers.get('remote-user') ?? ''));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en"><title>A small application</title>
<h1>Hello ${user}</h1>
<p>This page is <code>${escapeHtml(request.url ?? '/')}</code> of a small application behind the gateway.</p>
<p><a href="/reports?week=7">Another page</a> · <a href="${gatewayUrl}/auth/logout">Sign out</a></p></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, server };
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
const [simulator, application] = await Promise.all([
  startSimulator(),
  startApplication(`http://localhost:${port}`),
]);
const settings = `
listen: ${port}
public_url: http://localhost:${port}
return_urls: ['${application.url}']
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
  { writeAudit: (line) => process.stdout.write(`  ${line}`), graceMs: 0 },
);

process.stdout.write(`
The login gateway with a Duo simulator behind it. Nothing here is real but the code.

  1. Open        ${application.url}
  2. Sign in     alice  or  grace,  both with the password  ${password}
  3. Confirm     alice's phone approves by itself; grace's waits for you:
     the phone   ${simulator.phoneUrl}
     (your browser will warn of its certificate, which was made a moment ago)

The audit stream follows. Ctrl-C ends it all.
`);

const stop = async (): Promise<void> => {
  await Promise.all([gateway.close(), simulator.close()]);
  application.server.close();
  application.server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop());
}
