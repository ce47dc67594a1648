// The attack: requests that are too large, too many at once or never end, to use the gateway up.
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';

const simulator = simulatorForFile();

/** Send some bytes, and never more. @returns what came back once the gateway hung up. */
const sendAndWait = (origin: string, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });

it.each(['login', 'passcode', 'factor', 'password'])(
  'a form %s of a megabyte is refused before it is read',
  async (form) => {
    const gateway = await startGateway({ simulator: simulator() });
    const browser = new CookieBrowser(gateway.origin);
    await browser.signIn('grace');
    const page = await browser.post(`/auth/${form}`, { passcode: 'x'.repeat(1024 * 1024) });
    expect(page.status).toBe(413);
  },
);

it.each([
  ['JSON', 'application/json', '{"username":"bob"}'],
  ['XML', 'application/xml', '<a/>'],
  ['a file', 'multipart/form-data; boundary=x', '--x--'],
])('%s instead of a form is refused', async (_what, type, body) => {
  const gateway = await startGateway({ simulator: simulator() });
  const { status } = await rawRequest(gateway.origin, '/auth/login', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect([403, 415]).toContain(status);
});

it('headers that never end are cut off', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    limits: { headersTimeoutMs: 300 },
  });
  const answer = await sendAndWait(gateway.origin, 'GET /auth/login HTTP/1.1\r\nHost: x\r\nX-A: ');
  expect(answer).toContain('408');
});

it('a body that never comes is cut off', async () => {
  const gateway = await startGateway({
    simulator: simulator(),
    limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 },
  });
  const head = 'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n';
  const type = 'Content-Type: application/x-www-form-urlencoded\r\n\r\na=';
  expect(await sendAndWait(gateway.origin, head + type)).toContain('408');
});

it('headers of a megabyte are refused', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const headers = { 'x-large': 'x'.repeat(1024 * 1024) };
  const reply = await rawRequest(gateway.origin, '/auth/login', { headers }).catch(() => undefined);
  expect([undefined, 431]).toContain(reply?.status);
});

it('one login holds no more than a few streams open', async () => {
  const gateway = await startGateway({ simulator: simulator() });
  const browser = new CookieBrowser(gateway.origin);
  await browser.signIn('grace');
  const { port } = new URL(gateway.origin);
  const opened: string[] = [];
  const sockets = Array.from({ length: 12 }, () => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(
        `GET /auth/events HTTP/1.1\r\nHost: x\r\nCookie: ${browser.cookieHeader}\r\n\r\n`,
      ),
    );
    socket.once('data', (chunk) => opened.push(String(chunk).slice(9, 12)));
    socket.on('error', () => undefined);
    return socket;
  });
  await expect.poll(() => opened.length).toBe(12);
  expect(opened.filter((status) => status === '200')).toHaveLength(6);
  expect(opened.filter((status) => status === '429')).toHaveLength(6);
  for (const socket of sockets) {
    socket.destroy();
  }
});
