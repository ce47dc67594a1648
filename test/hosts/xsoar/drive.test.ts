import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import { done, type Plan } from '../../../src/duo/plan.ts';
import { type ApiResponse, apiRequest } from '../../../src/duo/request.ts';
import { drive } from '../../../src/hosts/xsoar/drive.ts';
import { main } from '../../../src/hosts/xsoar/main.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse as apiOkResponse } from '../../../testing/responses.ts';
import { duoResponse, fakeNowMs, fakeServer, okResponse } from './fake-server.ts';

const request = apiRequest('check', 'GET');
const timing = { wait: () => undefined, now: () => 0 };
const unreachable = new NetworkError('reset', 'check', 'gone', 'EOF');
const fail = () => {
  throw unreachable;
};

describe('the synchronous driver', () => {
  it('takes each step in turn and gives the result', () => {
    const steps: string[] = [];
    const plan: Plan<string> = {
      report: { txid: 't', status: 'pushed', statusMessage: '' },
      next: () => ({
        waitSeconds: 7,
        next: () => ({ send: request, next: ({ body }: ApiResponse) => done(body) }),
      }),
    };
    const result = drive(
      plan,
      ({ endpoint }) => {
        steps.push(endpoint);
        return apiOkResponse('pong');
      },
      { wait: (seconds) => steps.push(`wait ${seconds}`), now: () => 0 },
    );
    expect(steps).toEqual(['wait 7', 'check']);
    expect(result).toContain('pong');
  });

  it.each([
    ['as the plan says', { onFailure: () => done('ended') }, 'ended'],
    ['at once where it does not say', {}, 'next'],
  ])('goes on %s when the server cannot wait', (_name, more, result) => {
    const plan: Plan<string> = { waitSeconds: 1, next: () => done('next'), ...more };
    const wait = () => {
      throw new Error('no wait');
    };
    expect(drive(plan, fail, { wait, now: () => 0 })).toBe(result);
  });

  it("gives Duo's refusal, once, where the server cannot wait", () => {
    const refusal = { stat: 'FAIL', code: 42901, message: 'Too many requests' };
    const wait = () => {
      throw new Error('no wait');
    };
    const server = fakeServer({ wait }, [duoResponse(refusal, 429)]);
    expect(main(server)).toMatchObject({ Type: 4, Contents: expect.stringContaining('42901') });
    expect(server.calls).toHaveLength(1);
  });

  it('goes on as the plan says when no reply came', () => {
    const plan: Plan<string> = {
      send: request,
      next: () => done('reply'),
      onFailure: ({ kind }) => done(kind),
    };
    expect(drive(plan, fail, timing)).toBe('reset');
  });

  it('throws when the plan does not say', () => {
    const plan: Plan<string> = { send: request, next: () => done('reply') };
    expect(caught(() => drive(plan, fail, timing))).toBe(unreachable);
  });

  it('leaves an error of another kind alone', () => {
    const bug = new TypeError('bug');
    const plan: Plan<string> = {
      send: request,
      next: () => done('reply'),
      onFailure: () => done('onFailure'),
    };
    const breakDown = () => {
      throw bug;
    };
    expect(caught(() => drive(plan, breakDown, timing))).toBe(bug);
  });
});

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
    expect(server.logs.at(-1)).toMatch(/\/auth is to be sent again in [56] s \(429\)\.$/);
  });

  it('a command does not come back later than its time-out allows', () => {
    const tooLate = { ...busy, Headers: { ...busy.Headers, 'X-Retry-After': ['3600'] } };
    const server = fakeServer({}, [tooLate, okResponse({ time })]);
    expect(main(server)).toMatchObject({ Type: 4, Contents: expect.stringContaining('42901') });
    expect(server.calls).toHaveLength(1);
    expect(server.waits).toEqual([]);
  });

  it.each([
    ['dial tcp 192.0.2.1:443: connect: connection refused', 2],
    ['EOF', 1],
  ])('a push that got no reply (%s) goes out so many times: %i', (words, times) => {
    const server = fakeServer(push, [failing(words), allowed]);
    main(server);
    expect(server.calls).toHaveLength(times);
  });

  it('a wrong clock is corrected, and written to the debug log', () => {
    const refused = duoResponse({ stat: 'FAIL', code: 40105, message: 'Bad timestamp' }, 401);
    const pong = okResponse({ time: time + 600 });
    const server = fakeServer({}, [refused, pong, okResponse({ time })]);
    expect(main(server)).toMatchObject({ Type: 1 });
    expect(server.calls.map(({ request }) => request.Headers['Date']?.[0])).toEqual([
      'Fri, 02 Jan 2026 03:04:05 GMT',
      'Fri, 02 Jan 2026 03:04:05 GMT',
      'Fri, 02 Jan 2026 03:14:05 GMT',
    ]);
    expect(server.logs.at(-1)).toBe(
      "Duo Auth API: This machine's clock is 600 s behind Duo's; requests are dated by Duo's.",
    );
  });
});
