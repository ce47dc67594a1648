import { expect, it } from 'vitest';
import { startStill } from '../../../testing/running-simulator.ts';
import { canonicalQuery, send, signedHeaders } from '../duo-caller.ts';
import { exchange } from './raw-exchange.ts';

const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

it.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['a broken escape in the path', 'GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a broken header', 'GET / HTTP/1.1\r\nno colon\r\n\r\n'],
  ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
])('answers %s with the page of a front end', async (_what, request) => {
  const reply = await exchange(await startStill(), request);
  expect(reply).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(reply.toLowerCase()).toContain('x-simulator: xsoar-duo simulator, not the duo service');
  expect(reply).toContain('<h1>400 Bad Request</h1>');
  expect(reply).toContain('Duo/1.0');
});

it('answers an expectation that it does not know, and says who it is', async () => {
  const request =
    'POST /auth/v2/auth HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\nContent-Length: 0\r\n\r\n';
  const reply = await exchange(await startStill(), request);
  expect(reply).toMatch(/^HTTP\/1\.1 417 /);
  expect(reply).toContain('x-simulator: xsoar-duo simulator, not the Duo service');
});

it('answers in JSON where the request reaches the API, even without a Host', async () => {
  const simulator = await startStill();
  const reply = await exchange(
    simulator,
    'GET /auth/v2/ping HTTP/1.1\r\nConnection: close\r\n\r\n',
  );
  expect(reply).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(reply).toContain('"stat":"OK"');
});

it('takes the request line of a proxy', async () => {
  const simulator = await startStill();
  const headers = headerLines(signedHeaders(simulator, 'GET', '/auth/v2/check', {}));
  const line = `GET ${simulator.url}/auth/v2/check? HTTP/1.1`;
  const reply = await exchange(simulator, `${line}\r\n${headers}Connection: close\r\n\r\n`);
  expect(reply).toContain('"stat":"OK"');
});

it.each([
  ['a plus', 'display_username=A+B&username=bob'],
  ['an escape', 'display_username=A%20B&username=bob'],
  ['a lower-case escape', 'display_username=A%20B&username=%62ob'],
])('reads a space written as %s, in chunks', async (_what, form) => {
  const simulator = await startStill();
  const params = { display_username: 'A B', username: 'bob' };
  expect(canonicalQuery(params)).toBe('display_username=A%20B&username=bob');
  const headers = headerLines(signedHeaders(simulator, 'POST', '/auth/v2/preauth', params));
  const half = Math.floor(form.length / 2);
  const chunks = [form.slice(0, half), form.slice(half), '']
    .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
    .join('');
  const reply = await exchange(
    simulator,
    `POST /auth/v2/preauth HTTP/1.1\r\n${headers}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunks}`,
  );
  expect(reply).toContain('"result":"allow"');
});

it('shows a fault of its own as 500, not as an answer', async () => {
  const onRequest = () => {
    throw new Error('a faulty callback');
  };
  const simulator = await startStill({}, { onRequest });
  const reply = await send(simulator, 'GET', '/auth/v2/ping', {});
  expect(reply.status).toBe(500);
  expect(reply.body.toString()).toContain('500 Internal Server Error');
  expect(reply.body.toString()).not.toContain('callback');
});
