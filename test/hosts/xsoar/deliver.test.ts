import { describe, expect, it } from 'vitest';
import { main } from '../../../src/hosts/xsoar/main.ts';
import { duoResponse, fakeNowMs, fakeServer, okResponse } from '../../../testing/fake-server.ts';

const time = Math.floor(fakeNowMs / 1000);
const busy = {
  ...duoResponse({ stat: 'FAIL', code: 42901, message: 'Too many requests' }, 429),
  Headers: { 'Content-Type': ['application/json'], 'X-Retry-After': ['5'] },
};
const failing = (Status: string) => ({ StatusCode: -1, Status });
const push = { command: 'duo-authenticate', args: { username: 'alice', factor: 'push' } };
const allowed = okResponse({ result: 'allow', status: 'allow', status_msg: 'Success.' });

describe('inside XSOAR', () => {
  it('a command comes back after 429, as late as Duo asks', () => {
    const server = fakeServer(push, [busy, allowed]);
    expect(main(server)).toMatchObject({ Type: 1 });
    expect(server.calls).toHaveLength(2);
    expect(server.calls[1]?.request.Body).toBe(server.calls[0]?.request.Body);
    expect(Math.floor(server.waits[0] ?? 0)).toBe(5);
    expect(server.logs.at(-1)).toMatch(/\/auth is sent again in [56] s \(429\)\.$/);
  });

  it.each([
    ['dial tcp 192.0.2.1:443: connect: connection refused', 2],
    ['EOF', 1],
  ])('a push that got no reply (%s) goes out so many times: %i', (words, times) => {
    const server = fakeServer(push, [failing(words), allowed]);
    main(server);
    expect(server.calls).toHaveLength(times);
  });

  it('a wrong clock is corrected, and told of in the debug log', () => {
    const refused = duoResponse({ stat: 'FAIL', code: 40105, message: 'Bad timestamp' }, 401);
    const pong = okResponse({ time: time + 600 });
    const server = fakeServer({}, [refused, pong, okResponse({ time })]);
    expect(main(server)).toMatchObject({ Type: 1 });
    expect(server.calls.map(({ request }) => request.Headers['Date']?.[0])).toEqual([
      'Fri, 02 Jan 2026 03:04:05 GMT',
      'Fri, 02 Jan 2026 03:04:05 GMT',
      'Fri, 02 Jan 2026 03:14:05 GMT',
    ]);
    expect(server.logs.at(-1)).toBe("Duo Auth API: the clock of the server is 600 s behind Duo's.");
  });
});
