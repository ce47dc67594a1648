import { describe, expect, it } from 'vitest';
import {
  compareWithDuo,
  createClockSkew,
  describeSkew,
  measureSkew,
  withClockCorrection,
} from '../../src/duo/clock.ts';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { ask, chain, done, type Plan } from '../../src/duo/plan.ts';
import { type ApiResponse, apiRequest } from '../../src/duo/request.ts';
import { caught } from '../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

describe('clock offset', () => {
  it.each([
    ['level', 1000, 1000, 1000, 0],
    ['the answer took four seconds', 1002, 1000, 1004, 0],
    ['this machine is behind', 1310, 1000, 1020, 300],
    ['this machine is ahead', 700, 1000, 1000, -300],
  ])('%s', (_what, duoSeconds, sentSeconds, receivedSeconds, offset) => {
    const reply = { sentAtMs: sentSeconds * 1000, receivedAtMs: receivedSeconds * 1000 };
    expect(measureSkew(new Date(duoSeconds * 1000), reply)).toBe(offset);
  });

  it.each([
    [0, 'right to the second'],
    [-1, 'right to the second'],
    [12, '12 s behind'],
    [-301, '301 s ahead'],
  ])('%i reads "%s"', (offset, words) => {
    expect(describeSkew(offset)).toBe(words);
  });

  it.each([
    [12, "12 s behind Duo's"],
    [-301, "301 s ahead of Duo's"],
  ])('%i reads "%s" in a sentence', (offset, words) => {
    expect(compareWithDuo(offset)).toBe(words);
  });
});

const hereMs = 1_700_000_000_000;
const ahead = (seconds: number): Partial<ApiResponse> => ({ dateMs: hereMs + seconds * 1000 });
const pong = (offsetSeconds: number) => okResponse({ time: hereMs / 1000 + offsetSeconds });
const badTime = (code = 40105) => failResponse(code, 'Bad request timestamp');

const check = ask(apiRequest('check', 'GET'), ({ status }) => status);
const auth = ask(apiRequest('auth', 'POST'), ({ status }) => status);

const startClock = () => {
  const told: number[] = [];
  return { clock: createClockSkew((offset) => void told.push(offset)), told };
};

const run = (
  plan: Plan<number>,
  answers: readonly (ApiResponse | NetworkError)[],
  clock = startClock().clock,
) => {
  const { result, sent } = runPlan(withClockCorrection(plan, clock), answers);
  return {
    result,
    sent: sent.map(({ endpoint, clockSkewSeconds: clockOffsetSeconds }) => [
      endpoint,
      clockOffsetSeconds,
    ]),
  };
};

const broken = new NetworkError('reset', 'ping', 'It broke off.', 'ECONNRESET');

describe('a date that Duo refuses', () => {
  it.each([40104, 40105])('with %i: compare the clocks, sign again once', (code) => {
    const { clock, told } = startClock();
    const { result, sent } = run(auth, [badTime(code), pong(600), okResponse({})], clock);
    expect(result).toBe(200);
    expect(sent).toEqual([
      ['auth', undefined],
      ['ping', undefined],
      ['auth', 600],
    ]);
    expect(told).toEqual([600]);
  });

  it('is signed again once and no more', () => {
    expect(run(check, [badTime(), pong(600), badTime()]).result).toBe(401);
  });

  it('is not signed again when the clocks agree', () => {
    const { clock, told } = startClock();
    expect(run(check, [badTime(), pong(0)], clock).sent).toHaveLength(2);
    expect(told).toEqual([]);
  });

  it('stays refused when nobody tells the time', () => {
    expect(run(check, [badTime(), broken]).result).toBe(401);
    expect(run(check, [badTime(), responseWith('<html>')]).result).toBe(401);
  });

  it('is learnt from for the life of the client, which is told of it once', () => {
    const { clock, told } = startClock();
    run(check, [badTime(), pong(600), okResponse({})], clock);
    expect(run(auth, [okResponse({})], clock).sent).toEqual([['auth', 600]]);
    const drifted = run(check, [badTime(), pong(900), okResponse({})], clock);
    expect(drifted.sent).toEqual([
      ['check', 600],
      ['ping', undefined],
      ['check', 900],
    ]);
    expect(told).toEqual([600]);
  });
});

describe('a Date header', () => {
  it.each([-241, 241])('%i s off beside a refusal: sign again', (seconds) => {
    const refused = { ...failResponse(40103, 'Invalid signature'), ...ahead(seconds) };
    const { sent } = run(auth, [refused, pong(seconds), okResponse({})]);
    expect(sent[2]).toEqual(['auth', seconds]);
  });

  it('far off beside an answer: the request is not sent twice, and the next one is right', () => {
    const { clock, told } = startClock();
    const { result, sent } = run(auth, [okResponse({}, ahead(250)), pong(250)], clock);
    expect(result).toBe(200);
    expect(sent.map(([endpoint]) => endpoint)).toEqual(['auth', 'ping']);
    expect(run(check, [okResponse({})], clock).sent).toEqual([['check', 250]]);
    expect(told).toEqual([250]);
  });

  it.each([0, 240, -240])('%i s off is near enough', (seconds) => {
    expect(run(check, [okResponse({}, ahead(seconds))]).sent).toHaveLength(1);
  });

  it('that is wrong while the clock is right is asked about once only', () => {
    const { clock } = startClock();
    expect(run(check, [okResponse({}, ahead(900)), pong(0)], clock).sent).toHaveLength(2);
    expect(run(check, [okResponse({}, ahead(900))], clock).sent).toEqual([['check', 0]]);
  });
});

describe('the rest of a plan', () => {
  it('is left as it is: requests without a date, waits, ends and failures', () => {
    const plan: Plan<number> = {
      waitSeconds: 1,
      next: () =>
        chain(
          ask(apiRequest('ping', 'GET', {}, { signed: false }), () => 1),
          () => ({
            send: apiRequest('check', 'GET'),
            next: () => done(0),
            onFailure: () => check,
          }),
        ),
    };
    const { result, sent } = run(plan, [okResponse({}, ahead(900)), broken, okResponse({})]);
    expect(result).toBe(200);
    expect(sent.map(([endpoint]) => endpoint)).toEqual(['ping', 'check', 'check']);
    expect(withClockCorrection(done(1), startClock().clock)).toEqual({ done: 1 });
  });

  it('fails as it would have, also when it is sent again', () => {
    expect(caught(() => run(check, [broken]))).toBe(broken);
    expect(caught(() => run(check, [badTime(), pong(600), broken]))).toBe(broken);
  });

  it('expects the same failures of what is sent again', () => {
    const plan: Plan<number> = {
      send: apiRequest('check', 'GET'),
      next: () => done(0),
      onFailure: () => done(-1),
    };
    expect(run(plan, [badTime(), pong(600), broken]).result).toBe(-1);
  });
});
