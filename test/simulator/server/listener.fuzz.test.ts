import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { call, signedHeaders } from '../duo-caller.ts';
import { exchange } from './raw-exchange.ts';

// Whatever arrives on the socket: the simulator stays up, answers no 5xx and lets no one in.

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(async () => {
  const { status } = await call(simulator, 'GET', 'check');
  await simulator.close();
  expect(status).toBe(200);
});

const expectRefusal = (reply: string): void => {
  for (const [, status] of reply.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
    expect(Number(status)).toBeLessThan(500);
  }
  expect(reply).not.toMatch(/"result":"allow"|"status":"(allow|bypass)"/);
};

const parameters = { numRuns: 700 };
const timeoutMs = 120_000;

const odd = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '\0', '%', '%zz', '%00', '..', '\r\n', '\n', ':', '🦉', '9'.repeat(400)),
);

const method = fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'get', 'OPTIONS', 'CONNECT'), odd);

const path = fc.oneof(
  fc
    .constantFrom('ping', 'check', 'preauth', 'auth', 'auth_status', 'enroll', 'enroll_status')
    .map((name) => `/auth/v2/${name}`),
  fc.constantFrom('/control/users', '/control/events', '/portal', '/activate/x', '/frame/qr', '*'),
  odd,
);

const headerName = fc.oneof(
  fc.constantFrom(
    'Authorization',
    'Date',
    'X-Duo-Date',
    'X-Duo-Other',
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Host',
    'Expect',
    'Upgrade',
    'Connection',
    'Cookie',
  ),
  odd,
);

const headerValue = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'chunked',
    '100-continue',
    '-1',
    '0x10',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Basic Og==',
  ),
  fc.integer().map(String),
  odd,
);

const body = fc.oneof(
  fc.json(),
  fc.constantFrom('username=bob', 'username=bob&username=alice', '0\r\n\r\n', '{"username":"bob"}'),
  odd,
);

const request = fc
  .tuple(method, path, odd, fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 }), body)
  .map(([verb, where, query, headers, content]) =>
    Buffer.from(
      `${verb} ${where}?${query} HTTP/1.1\r\n` +
        `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${content}`,
      'utf8',
    ),
  );

describe('what arrives is malformed', () => {
  it(
    'bytes of any kind',
    () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) =>
          expectRefusal(await exchange(simulator, bytes)),
        ),
        parameters,
      ),
    timeoutMs,
  );

  it(
    'requests with anything anywhere',
    () =>
      fc.assert(
        fc.asyncProperty(request, async (bytes) => expectRefusal(await exchange(simulator, bytes))),
        { numRuns: 1500 },
      ),
    timeoutMs,
  );

  it(
    'a good request with one byte changed in what is signed',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (where, change) => {
          const text = 'username=bob&hostname=wks01&ipaddr=192.0.2.7';
          const params = Object.fromEntries(new URLSearchParams(text));
          const headers = signedHeaders(simulator, 'POST', '/auth/v2/preauth', params);
          const lines = Object.entries({ ...headers, 'Content-Length': String(text.length) });
          const sent = Buffer.from(text);
          const index = where % sent.length;
          sent[index] = (sent[index] ?? 0) ^ change;
          const head = `POST /auth/v2/preauth HTTP/1.1\r\n${lines
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}\r\n`;
          const reply = await exchange(simulator, Buffer.concat([Buffer.from(head), sent]));
          expectRefusal(reply);
          expect(reply).toContain('"stat":"FAIL"');
        }),
        parameters,
      ),
    timeoutMs,
  );

  it(
    'a good request with another signature',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 15 }), async (where, digit) => {
          const headers = signedHeaders(simulator, 'POST', '/auth/v2/preauth', { username: 'bob' });
          const given = Buffer.from(headers.Authorization.slice(6), 'base64').toString();
          const colon = given.indexOf(':') + 1;
          const index = colon + (where % (given.length - colon));
          const hex = digit.toString(16);
          fc.pre(given[index] !== hex);
          const forged = `${given.slice(0, index)}${hex}${given.slice(index + 1)}`;
          const authorization = `Basic ${Buffer.from(forged).toString('base64')}`;
          const reply = await call(
            simulator,
            'POST',
            'preauth',
            { username: 'bob' },
            { headers: { ...headers, Authorization: authorization } },
          );
          expect(reply.json.code).toBe(40103);
        }),
        { numRuns: 300 },
      ),
    timeoutMs,
  );

  it('leaves no transaction behind', () => {
    expect(simulator.control.pending()).toEqual([]);
  });
});
